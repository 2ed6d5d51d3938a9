//! What can be done with every server.

/// Gives a type with a field `server` what can be done with all of them.
macro_rules! control {
    ($server:ident) => {
        impl $server {
            /// The process of the server: the one that the others are children of, where there are several.
            #[must_use]
            pub fn process_id(&self) -> u32 {
                self.server.process_id()
            }

            /// Where its files are. Gone with it.
            #[must_use]
            pub fn directory(&self) -> &std::path::Path {
                self.server.directory()
            }

            /// Stops it in order, and waits until it has ended. Connections break, and nobody listens.
            ///
            /// # Panics
            /// When its watchdog was killed.
            pub fn stop(&self) {
                self.server.stop();
            }

            /// Starts it again at the same port and with the same directory, and waits until it can be used.
            ///
            /// # Panics
            /// When it does not come up.
            pub fn start_again(&self) {
                self.server.start_again();
            }

            /// Freezes it, with its children: connections stay open, and nobody answers.
            ///
            /// # Panics
            /// When it is not running.
            pub fn freeze(&self) {
                self.server.freeze();
            }

            /// Lets it go on after [`freeze`](Self::freeze).
            ///
            /// # Panics
            /// When it is not running.
            pub fn thaw(&self) {
                self.server.thaw();
            }
        }
    };
}

pub(crate) use control;
