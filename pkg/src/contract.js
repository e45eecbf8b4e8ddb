// Numbers that Rust and JavaScript agree on. Made from Rust, which is their one home:
// `cargo test --test host contract::numbers::write -- --ignored` writes this file, and the tests compare it.

// The kind of an event in a batch: src/protocol/event_batch.rs.
export const EVENT_LOG = 0;
export const EVENT_ERROR = 1;
export const EVENT_PROGRESS = 2;
export const EVENT_PREVIEW = 3;

// The figures of progress, and how many there are.
export const FIGURE_STEP = 0;
export const FIGURE_TOTAL = 1;
export const FIGURE_PERCENT = 2;
export const FIGURE_ELAPSED_SECONDS = 3;
export const FIGURE_REMAINING_SECONDS = 4;
export const FIGURE_RATE = 5;
export const FIGURE_COUNT = 6;

// What stands where in the rows of an inspection: src/inspect/layout.rs.
export const NODE_ID = 0;
export const NODE_CLASS_TYPE = 1;
export const NODE_TITLE = 2;
export const NODE_CATEGORY = 3;
export const NODE_MODE = 4;
export const NODE_IS_OUTPUT = 5;
export const NODE_DEPTH = 6;
export const NODE_PARENT = 7;
export const NODE_POSITION = 8;
export const NODE_EDITOR_ONLY = 9;
export const NODE_PACK = 10;
export const NODE_OUTPUTS = 11;
export const NODE_INPUTS = 12;
export const OUTPUT_NAME = 0;
export const OUTPUT_TYPE = 1;
export const OUTPUT_LINKS = 2;
export const OUTPUT_COUNT = 3;
export const INPUT_NAME = 0;
export const INPUT_KIND = 1;
export const INPUT_FLAGS = 2;
export const INPUT_GIVEN = 3;
export const INPUT_OUTPUT = 4;
export const INPUT_SPEC = 5;
export const INPUT_COUNT = 6;

// The output of a link that is written with its type.
export const TYPED_OUTPUT = 0;
export const TYPED_TYPE = 1;
export const SPEC_TYPE = 0;
export const SPEC_MIN = 1;
export const SPEC_MAX = 2;
export const SPEC_STEP = 3;
export const SPEC_DEFAULT = 4;
export const SPEC_CHOICES = 5;
export const SPEC_TOOLTIP = 6;
export const SPEC_EXACT = 7;
export const GROUP_TITLE = 0;
export const GROUP_COLOR = 1;
export const GROUP_POSITION = 2;
export const GROUP_NODES = 3;
export const RECT_X = 0;
export const RECT_Y = 1;
export const RECT_WIDTH = 2;
export const RECT_HEIGHT = 3;
export const MODEL_NAME = 0;
export const MODEL_NODE = 1;
export const MODEL_INPUT = 2;
export const MODEL_FOLDER = 3;
export const MODEL_URL = 4;
export const MODEL_AVAILABLE = 5;
export const PROBLEM_CODE = 0;
export const PROBLEM_SEVERITY = 1;
export const PROBLEM_NODE = 2;
export const PROBLEM_INPUT = 3;
export const PROBLEM_MESSAGE = 4;
export const PROBLEM_ADVICE = 5;
export const OF_NODE_PACK = 0;
export const OF_NODE_VERSION = 1;
export const PACK_ID = 0;
export const PACK_REPOSITORY = 1;
export const PACK_VERSIONS = 2;
export const PACK_NODES = 3;
export const NOTE_NODE = 0;
export const NOTE_TEXT = 1;
export const NOTE_FORMAT = 2;
export const FACT_NODE = 0;
export const FACT_INPUT = 1;
export const FACT_ENTRY = 2;
export const LORA_NAME = 0;
export const LORA_STRENGTH_MODEL = 1;
export const LORA_STRENGTH_CLIP = 2;
export const STAGE_NODE = 0;
export const STAGE_POSITIVE = 1;
export const STAGE_NEGATIVE = 2;
export const STAGE_MODELS = 3;
export const STAGE_LORAS = 4;
export const STAGE_SAMPLER = 5;
export const STAGE_SCHEDULER = 6;
export const STAGE_STEPS = 7;
export const STAGE_CFG = 8;
export const STAGE_GUIDANCE = 9;
export const STAGE_DENOISE = 10;
export const STAGE_SEED = 11;
export const STAGE_WIDTH = 12;
export const STAGE_HEIGHT = 13;
export const STAGE_LENGTH = 14;
export const STAGE_BATCH_SIZE = 15;
export const RECIPE_OUTPUT = 0;
export const RECIPE_STAGES = 1;

// Which of a spec's values are written as texts, by one bit each.
export const EXACT_MIN = 1;
export const EXACT_MAX = 2;
export const EXACT_STEP = 4;
export const EXACT_DEFAULT = 8;
export const EXACT_CHOICES = 16;

// What is said about an input, by one bit each.
export const FLAG_SETTABLE = 1;
export const FLAG_LINKED = 2;
export const FLAG_EXACT = 4;
export const FLAG_REQUIRED = 8;
export const FLAG_NOTHING = 16;
export const FLAG_TYPED = 32;
