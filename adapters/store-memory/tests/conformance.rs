//! The memory store keeps what every store promises.

use std::sync::Arc;

use wxlogin_store_memory::MemoryStore;
use wxlogin_store_testkit::conformance;

conformance!(memory, || async { Some((Arc::new(MemoryStore::new()), ())) });
