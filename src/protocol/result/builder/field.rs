//! The fields of a prompt result that are read.

#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) enum Field {
    #[default]
    Other,
    PromptId,
    Status,
    Completed,
    ExecutionTime,
    Prompt,
    ErrorData,
    Outputs,
    Filename,
    ContentType,
    Size,
    Data,
    Filepath,
}

impl Field {
    /// The field of the result with this key.
    pub(super) fn of_result(key: &str) -> Self {
        match key {
            "prompt_id" => Self::PromptId,
            "status" => Self::Status,
            "completed" => Self::Completed,
            "execution_time_seconds" => Self::ExecutionTime,
            "prompt" => Self::Prompt,
            "error_data" => Self::ErrorData,
            "outputs" => Self::Outputs,
            _ => Self::Other,
        }
    }

    /// The field of an output with this key.
    pub(super) fn of_output(key: &str) -> Self {
        match key {
            "filename" => Self::Filename,
            "content_type" => Self::ContentType,
            "size" => Self::Size,
            "data" => Self::Data,
            "filepath" => Self::Filepath,
            _ => Self::Other,
        }
    }

    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PromptId => "prompt_id",
            Self::Status => "status",
            Self::Completed => "completed",
            Self::ExecutionTime => "execution_time_seconds",
            Self::Outputs => "outputs",
            Self::Filename => "filename",
            Self::ContentType => "content_type",
            Self::Size => "size",
            Self::Data => "data",
            Self::Filepath => "filepath",
            Self::Prompt | Self::ErrorData | Self::Other => "of another name",
        }
    }
}
