//! The reasons why a workflow in editor format cannot be converted.

use crate::names::names;

names! {
    /// Why ComfyUI itself would not convert a workflow; a fact of [`ErrorKind::CannotConvert`](super::ErrorKind).
    pub enum CannotConvertReason {
        /// A link leads nowhere.
        DanglingLink = "dangling_link",
        /// Bypassed nodes or subgraphs feed each other in a cycle.
        BypassCycle = "bypass_cycle",
        /// It may not run, and the caller accepts only workflows that do.
        MayNotRun = "may_not_run",
        /// A subgraph contains itself.
        RecursiveSubgraph = "recursive_subgraph",
        /// The subgraphs open to more nodes than any server could run.
        TooManyNodes = "too_many_nodes",
        /// A placeholder in a file name cannot be replaced.
        FilenamePrefix = "filename_prefix",
    }
}
