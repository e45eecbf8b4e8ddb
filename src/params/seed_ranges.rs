//! The seeds that ComfyUI's own classes accept.
//!
//! Facts from the `object_info` of ComfyUI 0.33.0: class names and the ranges of their seed inputs.

/// The largest seed in ComfyUI.
pub const LARGEST: &str = "18446744073709551615";

/// The smallest and the largest seed that `class_type` accepts; `None` for a class that is not ComfyUI's own, or has
/// no range.
pub fn of_class(class_type: &str) -> Option<(&'static str, &'static str)> {
    let known = RANGES.iter().find(|(_, _, classes)| classes.split(' ').any(|class| class == class_type));
    known.map(|(min, max, _)| (*min, *max))
}

/// Smallest seed, largest seed, and the classes with that range, separated by spaces.
const RANGES: &[(&str, &str, &str)] = &[
    (
        "0",
        "65535",
        "Rodin3D_Detail Rodin3D_Gen2 Rodin3D_Gen25_Image Rodin3D_Gen25_Text Rodin3D_Regular \
         Rodin3D_Sketch Rodin3D_Smooth",
    ),
    (
        "0",
        "2147483647",
        "BeebleSwitchXImageEdit BeebleSwitchXVideoEdit BriaRemoveImageBackground \
         BriaRemoveVideoBackground BriaTransparentVideoBackground BriaVideoGreenScreen \
         BriaVideoReplaceBackground ByteDance2FirstLastFrameNode ByteDance2ReferenceNode \
         ByteDance2ReferenceNodeV2 ByteDance2TextToVideoNode ByteDanceFirstLastFrameNode \
         ByteDanceImageNode ByteDanceImageReferenceNode ByteDanceImageToVideoNode ByteDanceSeedAudio \
         ByteDanceSeedNode ByteDanceSeedreamLayerSeparationNode ByteDanceSeedreamNode \
         ByteDanceSeedreamNodeV2 ByteDanceTextToVideoNode ClaudeNode ElevenLabsSpeechToText \
         ElevenLabsTextToSpeech FishAudioTextToSpeech FluxEraseNode GeminiNodeV2 GeminiVideoOmni \
         GrokImageEditNode GrokImageEditNodeV2 GrokImageNode GrokVideoEditNode GrokVideoExtendNode \
         GrokVideoNode GrokVideoReferenceNode HappyHorseImageToVideoApi HappyHorseReferenceVideoApi \
         HappyHorseTextToVideoApi HappyHorseVideoEditApi HeyGenAvatarVideoNode HeyGenTalkingPhotoNode \
         HeyGenTextToSpeechNode HeyGenVideoTranslateNode IdeogramPImage IdeogramV3 IdeogramV4 \
         KlingAvatarNode KlingFirstLastFrameNode KlingImageGenerationNode KlingOmniProEditVideoNode \
         KlingOmniProFirstLastFrameNode KlingOmniProImageNode KlingOmniProImageToVideoNode \
         KlingOmniProTextToVideoNode KlingOmniProVideoToVideoNode KlingVideoNode Krea2ImageNode \
         LumaImageEditNode2 LumaImageNode2 MeshyImageToModelNode MeshyMultiImageToModelNode \
         MeshyTextToModelNode OpenAIDalle2 OpenAIDalle3 OpenAIGPTImage1 OpenAIGPTImageNodeV2 \
         OpenAIVideoSora2 OpenRouterLLMNode PixverseImageToVideoNode PixverseTextToVideoNode \
         PixverseTransitionVideoNode QuiverImageToSVGNode QuiverTextToSVGNode QwenImageEditApi \
         QwenImageTextToImageApi ReveImageCreateNode ReveImageEditNode ReveImageRemixNode \
         SyncLipSyncNode SyncTalkingImageNode Tencent3DPartNode Tencent3DTextureEditNode \
         TencentImageToModelNode TencentModelTo3DUVNode TencentSmartTopologyNode TencentTextToModelNode \
         Vidu2ImageToVideoNode Vidu2ReferenceVideoNode Vidu2StartEndToVideoNode Vidu2TextToVideoNode \
         Vidu3ImageToVideoNode Vidu3StartEndToVideoNode Vidu3TextToVideoNode ViduExtendVideoNode \
         ViduImageToVideoNode ViduMultiFrameVideoNode ViduReferenceVideoNode ViduStartEndToVideoNode \
         ViduTextToVideoNode Wan2ImageToVideoApi Wan2ReferenceVideoApi Wan2TextToVideoApi \
         Wan2VideoContinuationApi Wan2VideoEditApi WanImageToImageApi WanImageToVideoApi \
         WanReferenceVideoApi WanTextToImageApi WanTextToVideoApi",
    ),
    ("1", "2147483647", "BriaExpandImage BriaGenFill BriaImageEditNode"),
    (
        "0",
        "4294967295",
        "ElevenLabsSpeechToSpeech ElevenLabsTextToDialogue Flux3ImageToVideoNode Flux3TextToVideoNode \
         Flux3VideoContinuationNode FluxVideoUpscaleNode LtxApi25AudioToVideo LtxApi25ImageToVideo \
         LtxApi25TextToVideo MinimaxHailuo03FirstLastFrameNode MinimaxHailuo03ReferenceNode \
         MinimaxHailuo03TextToVideoNode RunwayAleph2VideoToVideoNode RunwayFirstLastFrameNode \
         RunwayImageToVideoNodeGen3a RunwayImageToVideoNodeGen4 Veo3FirstLastFrameNode \
         Veo3VideoGenerationNode VeoVideoGenerationNode",
    ),
    ("0", "9223372036854775807", "SeedNode"),
    // Of the 52 classes that accept all seeds, those that sample. For the others the range that the page draws from is
    // enough.
    ("0", LARGEST, "KSampler KSamplerAdvanced RandomNoise SamplerCustom"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_class() {
        assert_eq!(of_class("KSampler"), Some(("0", LARGEST)));
        assert_eq!(of_class("SomeoneElsesNode"), None);
        assert_eq!(of_class("Rodin3D_Detail"), Some(("0", "65535")));
    }

    #[test]
    fn lists_have_one_space_between_names() {
        for (min, max, classes) in RANGES {
            assert!(min.parse::<u64>().ok() < max.parse().ok());
            assert!(!classes.contains("  ") && !classes.starts_with(' '));
        }
    }
}
