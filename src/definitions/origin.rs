//! Where definitions come from.

/// Where definitions come from, which decides how much they can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Origin {
    /// A server: complete, and of the versions that it runs.
    #[default]
    Server,
    /// The package's, for ComfyUI's own classes: what the conversion reads, which classes end a run, and the choices
    /// that do not depend on a server's files or on a partner's models.
    Comfy,
    /// The package's, for custom nodes: of some version of each pack, with earlier versions where they differ. A list
    /// of two or more choices is complete.
    Packs,
}
