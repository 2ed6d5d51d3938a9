//! A database server that any number of services share, and what tests do to it.

use wxlogin_throwaway::{Postgres, Surreal};

/// A throwaway server, whichever database it is of.
pub trait DatabaseServer: Send + Sync {
    /// The URL of a database that nobody has used.
    fn new_database(&self) -> String;

    /// Stops it in order.
    fn stop(&self);

    /// Starts it again, with the data that it had.
    fn start_again(&self);

    /// Freezes it: connections stay open, and nobody answers.
    fn freeze(&self);

    /// Lets it go on.
    fn thaw(&self);
}

macro_rules! database_server {
    ($($server:ident),+) => {
        $(
            impl DatabaseServer for $server {
                fn new_database(&self) -> String {
                    Self::new_database(self)
                }

                fn stop(&self) {
                    Self::stop(self);
                }

                fn start_again(&self) {
                    Self::start_again(self);
                }

                fn freeze(&self) {
                    Self::freeze(self);
                }

                fn thaw(&self) {
                    Self::thaw(self);
                }
            }
        )+
    };
}

database_server!(Postgres, Surreal);
