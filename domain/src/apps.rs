//! The mini programs that this service logs in to.

use crate::identity::AppId;

/// The configured apps, never changed while the service runs.
#[derive(Debug, Clone)]
pub struct Apps(Vec<AppId>);

/// Which app is meant cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    /// No app of that id is configured.
    #[error("the app is not configured here")]
    Unknown,
    /// None was named, and several are configured.
    #[error("several apps are configured: say which one is meant")]
    Ambiguous,
}

impl Apps {
    /// These apps.
    #[must_use]
    pub fn new(apps: Vec<AppId>) -> Self {
        Self(apps)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &AppId> {
        self.0.iter()
    }

    /// The app of that id; without one, the only app there is.
    ///
    /// # Errors
    /// When it is unknown, or when none was named and there are several.
    pub fn resolve(&self, appid: Option<&str>) -> Result<&AppId, AppError> {
        match (appid, self.0.as_slice()) {
            (Some(appid), apps) => apps.iter().find(|app| app.as_str() == appid).ok_or(AppError::Unknown),
            (None, [only]) => Ok(only),
            (None, []) => Err(AppError::Unknown),
            (None, _) => Err(AppError::Ambiguous),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolve_table() {
        let one = AppId::parse("wx0000000000000001").unwrap();
        let two = AppId::parse("wx0000000000000002").unwrap();
        let single = Apps::new(vec![one.clone()]);
        let several = Apps::new(vec![one.clone(), two.clone()]);
        assert_eq!(single.resolve(None), Ok(&one));
        assert_eq!(single.resolve(Some(two.as_str())), Err(AppError::Unknown));
        assert_eq!(several.resolve(None), Err(AppError::Ambiguous));
        assert_eq!(several.resolve(Some(two.as_str())), Ok(&two));
        assert_eq!(several.resolve(Some("")), Err(AppError::Unknown));
        assert_eq!(Apps::new(vec![]).resolve(None), Err(AppError::Unknown));
    }
}
