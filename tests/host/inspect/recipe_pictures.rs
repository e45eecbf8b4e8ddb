//! Recipes of pictures that people know, of which each was compared with its workflow by eye: `../shared/comfyui/convert/embedded`.
//!
//! Of a stage the node, the seed, steps, sampler, scheduler, size, models, LoRAs and the first letters of the prompts.

use std::fs;
use std::path::Path;
use viewcomfy_wasm::inspect::model::Node;
use viewcomfy_wasm::inspect::recipe::{self, Fact, Stage};
use viewcomfy_wasm::inspect::{api_graph, inspect};
use viewcomfy_wasm::workflow::Workflow;

const PICTURES: [(&str, &str, &[&str]); 40] = [
    (
        "2_pass_txt2img__hiresfix_esrgan_workflow.png",
        "12",
        &[
            "3 seed=251225068430076 steps=12 dpmpp_sde normal 768x768 v2-1_768-ema-pruned.ckpt + masterpiece - bad hands, t",
            "11 seed=783745448521451 steps=14 uni_pc_bh2 normal 1536x1536 v2-1_768-ema-pruned.ckpt + masterpiece - bad hands, t",
        ],
    ),
    (
        "2_pass_txt2img__latent_upscale_different_prompt_model.png",
        "12",
        &[
            "3 seed=758448896326830 steps=14 dpmpp_sde simple 1368x768 wd-illusion-fp16.safetensors + anime happy - lowres, bad",
            "32 seed=417682270866800 steps=8 dpmpp_sde simple - cardosAnime_v10.safetensors + from far awa - (hands), (te",
        ],
    ),
    (
        "3d__stable_zero123_example.png",
        "25",
        &["3 seed=237514639057560 steps=20 euler sgm_uniform 256x256 stable_zero123.ckpt + - - -"],
    ),
    (
        "area_composition__square_area_for_subject.png",
        "32",
        &[
            "3 seed=830459492315490 steps=13 dpmpp_sde normal 1280x704 Anything-V3.0.ckpt + (solo:1.3) ( / (solo:1.3) ( - (hands), tex",
            "24 seed=626842672818096 steps=7 dpmpp_sde simple 1920x1088 Anything-V3.0.ckpt + masterpiece - (hands), tex",
        ],
    ),
    (
        "aura_flow__aura_flow_0.1_example.png",
        "9",
        &[
            "3 seed=553953983121020 steps=20 euler sgm_uniform 1024x1024 aura_flow_0.1.safetensors + HDR photogra - ugly jpeg",
        ],
    ),
    (
        "chroma__chroma_example.png",
        "9",
        &[
            "3 seed=1110468078805530 steps=30 euler simple 1024x1024 Chroma1-HD.safetensors + aesthetic 11 - low quality,",
        ],
    ),
    (
        "controlnet__2_pass_pose_worship.png",
        "18",
        &[
            "3 seed=1071823866653712 steps=10 dpmpp_sde normal 1280x704 Anything-V3.0.ckpt + (solo) girl - (hands), tex",
            "16 seed=284006177305237 steps=8 dpmpp_sde simple 1920x1088 AOM3A3.safetensors + girl (flat c - (hands), tex",
        ],
    ),
    (
        "controlnet__mixing_controlnets.png",
        "9",
        &[
            "3 seed=894480165483805 steps=12 dpmpp_sde normal 768x768 AOM3A1.safetensors + (solo) girl - (hands), tex",
        ],
    ),
    (
        "cosmos_predict2__cosmos_predict2_2b_t2i_example.png",
        "27",
        &[
            "3 seed=375213439693669 steps=30 euler simple 1024x1024 cosmos_predict2_2B_t2i.safetensors + A close-up v - -",
        ],
    ),
    (
        "flux2__flux2_example.png",
        "9",
        &[
            "13 seed=435922656034510 steps=20 euler Flux2Scheduler 1024x1024 flux2_dev_fp8mixed.safetensors + cute anime g - -",
        ],
    ),
    (
        "flux__flux_canny_model_example.png",
        "9",
        &["3 seed=50363905047731 steps=20 euler normal - flux1-canny-dev.safetensors + cute anime g - -"],
    ),
    (
        "flux__flux_controlnet_example.png",
        "9",
        &[
            "3 seed=370146334065324 steps=20 euler normal 1024x1024 flux1-dev-fp8.safetensors + anime girl s - -",
        ],
    ),
    (
        "flux__flux_dev_checkpoint_example.png",
        "9",
        &[
            "31 seed=972054013131368 steps=20 euler simple 1024x1024 flux1-dev-fp8.safetensors + cute anime g - -",
        ],
    ),
    (
        "flux__flux_dev_example.png",
        "9",
        &["13 seed=219670278747233 steps=20 euler simple 1024x1024 flux1-dev.safetensors + cute anime g - -"],
    ),
    (
        "flux__flux_fill_inpaint_example.png",
        "9",
        &["3 seed=656821733471329 steps=20 euler normal - flux1-fill-dev.safetensors + anime girl w - -"],
    ),
    (
        "flux__flux_redux_model_example.png",
        "9",
        &["13 seed=958831004022715 steps=20 euler simple 1024x1024 flux1-dev.safetensors + cute anime g - -"],
    ),
    (
        "gligen__gligen_textbox_example.png",
        "9",
        &[
            "3 seed=1023216319780679 steps=20 uni_pc_bh2 normal 768x768 v1-5-pruned-emaonly.ckpt + photograph s / purple galax / sun - text, waterm",
        ],
    ),
    (
        "hidream__hidream_full_example.png",
        "9",
        &[
            "3 seed=221267224284097 steps=30 euler simple 1024x1024 hidream_i1_full_fp16.safetensors + anime girl w - blurry",
        ],
    ),
    (
        "hunyuan_dit__hunyuan_dit_1.2_example.png",
        "9",
        &[
            "3 seed=137656229034231 steps=30 euler sgm_uniform 1024x1024 hunyuan_dit_1.2.safetensors + a bottle wit - -",
        ],
    ),
    (
        "hunyuan_video__hunyuan_video_text_to_video.webp",
        "75",
        &[
            "13 seed=1 steps=20 euler simple 848x480 hunyuan_video_t2v_720p_bf16.safetensors + anime style - -",
        ],
    ),
    (
        "img2img__img2img_workflow.png",
        "9",
        &[
            "3 seed=280823642470253 steps=20 dpmpp_2m normal - v1-5-pruned-emaonly.ckpt + photograph o - watermark, t",
        ],
    ),
    (
        "lcm__lcm_basic_example.png",
        "9",
        &[
            "3 seed=167055194337639 steps=5 lcm sgm_uniform 1024x1024 sd_xl_1.0.safetensors lora=lcm_lora_sdxl.safetensors + evening suns - text, waterm",
        ],
    ),
    (
        "lora__lora_multiple.png",
        "9",
        &[
            "3 seed=513173432917412 steps=20 euler normal 512x512 v1-5-pruned-emaonly.ckpt lora=theovercomer8sContrastFix_sd15.safetensors lora=epiNoiseoffset_v2.safetensors + masterpiece - bad hands",
        ],
    ),
    (
        "ltxv__ltxv_text_to_video.webp",
        "41",
        &[
            "72 seed=497797676867141 steps=30 euler LTXVScheduler 768x512 ltx-video-2b-v0.9.safetensors + A woman with - low quality,",
        ],
    ),
    (
        "lumina2__lumina2_basic_example.png",
        "9",
        &[
            "3 seed=854547257397629 steps=25 res_multistep simple 1024x1024 lumina_2.safetensors + You are an a - blurry ugly",
        ],
    ),
    (
        "mochi__mochi_text_to_video_example.webp",
        "28",
        &[
            "3 seed=704883238463297 steps=30 euler simple 848x480 mochi_preview_bf16.safetensors + a fox moving - -",
        ],
    ),
    (
        "model_merging__model_merging_3_checkpoints.png",
        "9",
        &[
            "3 seed=156680208700286 steps=20 euler normal 512x512 v1-5-pruned-emaonly.ckpt+cardosAnime_v10.safetensors+AOM3A1.safetensors + beautiful sc - text, waterm",
        ],
    ),
    (
        "model_merging__model_merging_lora.png",
        "9",
        &[
            "3 seed=156680208700286 steps=20 euler normal 512x512 v1-5-pruned-emaonly.ckpt+cardosAnime_v10.safetensors lora=theovercomer8sContrastFix_sd15.safetensors + beautiful sc - text, waterm",
        ],
    ),
    (
        "omnigen__omnigen2_example.png",
        "9",
        &[
            "28 seed=832350079790627 steps=20 euler simple - omnigen2_fp16.safetensors + the anime gi - deformed, bl",
        ],
    ),
    (
        "qwen_image__qwen_image_edit_basic_example.png",
        "9",
        &[
            "65 seed=643571810992611 steps=20 euler simple 1024x1024 qwen_image_edit_fp8_e4m3fn.safetensors + the anime gi - ",
        ],
    ),
    (
        "sd3__sd3_controlnet_example.png",
        "9",
        &[
            "3 seed=535024431016476 steps=32 euler simple 1024x1024 sd3_medium_incl_clips_t5xxlfp8.safetensors + happy cute a - -",
        ],
    ),
    (
        "sdxl__sdxl_refiner_prompt_example.png",
        "19",
        &[
            "10 seed=6767725640732 steps=25 euler normal 1024x1024 sd_xl_base_1.0.safetensors + daytime sky - text, waterm",
            "11 seed=0 steps=25 euler normal 1024x1024 sd_xl_refiner_1.0.safetensors + daytime scen - text, waterm",
        ],
    ),
    (
        "sdxl__sdxl_revision_text_prompts.png",
        "9",
        &[
            "3 seed=133632471276133 steps=26 dpmpp_3m_sde_gpu exponential 1024x1024 sd_xl_base_1.0.safetensors + anime - text, waterm",
        ],
    ),
    (
        "stable_cascade__stable_cascade__text_to_image.png",
        "9",
        &[
            "3 seed=314307448448003 steps=20 euler_ancestral simple 1024x1024 stable_cascade_stage_c.safetensors + evening suns - text, waterm",
            "33 seed=183495397600639 steps=10 euler_ancestral simple 1024x1024 stable_cascade_stage_b.safetensors + evening suns - text, waterm",
        ],
    ),
    (
        "unclip__unclip_2pass.png",
        "43",
        &[
            "3 seed=1106257833005336 steps=26 uni_pc_bh2 normal 1280x704 wd-1-5-beta2-aesthetic-unclip-h-fp32.safetensors + (waifu, ani - lowres, (bad",
            "41 seed=119080905858220 steps=8 dpmpp_sde normal 1920x1088 cardosAnimated_v20.safetensors + beautiful sc - (hands), tex",
        ],
    ),
    (
        "video__image_to_video.webp",
        "10",
        &["3 seed=237514639057514 steps=20 euler karras 1024x576 svd.safetensors + - - -"],
    ),
    (
        "video__txt_to_image_to_video.webp",
        "10",
        &[
            "17 seed=144698910769133 steps=15 uni_pc_bh2 normal 1024x576 sd_xl_1.0.safetensors + photograph b - text, waterm",
            "3 seed=237514639057514 steps=20 euler karras 1024x576 svd_xt.safetensors + - - -",
        ],
    ),
    (
        "wan22__text_to_video_wan22_14B.webp",
        "28",
        &[
            "57 seed=738226772790037 steps=20 euler simple 1280x704 wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors + a robot is r - 色调艳丽，过曝，静态，细",
            "58 seed=0 steps=20 euler simple 1280x704 wan2.2_t2v_low_noise_14B_fp8_scaled.safetensors + a robot is r - 色调艳丽，过曝，静态，细",
        ],
    ),
    (
        "wan__image_to_video_wan_example.webp",
        "28",
        &[
            "3 seed=987948718394761 steps=20 uni_pc simple 512x512 wan2.1_i2v_480p_14B_fp16.safetensors + a cute anime - 色调艳丽，过曝，静态，细",
        ],
    ),
    (
        "z_image__z_image_turbo_example.png",
        "9",
        &[
            "3 seed=47447417949230 steps=9 euler simple 1024x1024 z_image_turbo_bf16.safetensors + cute anime s - blurry ugly",
        ],
    ),
];

fn line(nodes: &[Node<'_>], stage: &Stage) -> String {
    let said = |fact: &Fact| match fact.value(nodes) {
        Some(value) => value.text().into_owned(),
        None => nodes[fact.node].class_type.as_deref().unwrap_or_default().to_owned(),
    };
    let or_dash = |fact: &Option<Fact>| fact.as_ref().map_or_else(|| "-".to_owned(), said);
    let begins = |facts: &[Fact]| match facts {
        [] => "-".to_owned(),
        _ => {
            let first = |fact| said(fact).chars().take(12).collect::<String>().trim().to_owned();
            facts.iter().map(first).collect::<Vec<_>>().join(" / ")
        }
    };
    let size = match stage.size {
        [Some(width), Some(height), ..] => format!("{}x{}", said(&width), said(&height)),
        _ => "-".to_owned(),
    };
    let models = stage.models.iter().map(said).collect::<Vec<_>>().join("+");
    let loras = stage.loras.iter().map(|lora| format!(" lora={}", said(&lora.name))).collect::<String>();
    format!(
        "{} seed={} steps={} {} {} {size} {models}{loras} + {} - {}",
        nodes[stage.node].id,
        or_dash(&stage.seed),
        or_dash(&stage.steps),
        or_dash(&stage.sampler),
        or_dash(&stage.scheduler),
        begins(&stage.positive),
        begins(&stage.negative),
    )
}

#[test]
fn they_are_what_a_person_reads_in_the_workflow() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert/embedded");
    if !directory.is_dir() {
        println!("{} is not there: nothing to compare", directory.display());
        return;
    }
    for (name, output, stages) in PICTURES {
        let bytes = fs::read(directory.join(format!("{name}.api.json"))).unwrap();
        let workflow = Workflow::parse(&bytes).unwrap();
        let inspection = inspect(api_graph(&workflow), None);
        let nodes = &inspection.graph.nodes;
        let recipes = recipe::of(&inspection.graph, &inspection.order).unwrap();
        let (_, told) = recipes.outputs.iter().find(|(index, _)| nodes[*index].id == output).unwrap();
        let told: Vec<_> = told.iter().map(|index| line(nodes, &recipes.stages[*index])).collect();
        assert_eq!(told, stages, "{name}");
    }
}
