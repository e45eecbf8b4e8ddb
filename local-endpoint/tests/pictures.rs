//! The outputs of runs: uploads and masks, exact nodes, media, and every shared workflow.
#![allow(clippy::unwrap_used)]

mod support;

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use support::{Server, output, output_picture, params, picture};

#[tokio::test]
async fn model_free_nodes_are_exact() {
    let server = Server::start("model_free.json", &[]);
    let upload = RgbImage::from_fn(2, 3, |x, y| Rgb([x as u8 * 100, y as u8 * 50, 7]));
    let masked = RgbaImage::from_fn(2, 3, |x, _| Rgba([0, 0, 0, if x == 0 { 255 } else { 0 }]));
    let form = params(r#"{"empty-inputs-batch_size":2}"#)
        .part("load-inputs-image", picture("mine.png", upload.clone()))
        .part("load-inputs-image-viewcomfymask", picture("mask.png", masked));
    let result = server.result("/infer", form).await;
    assert_eq!(result["prompt"]["load"]["inputs"]["image"], "mine.png");
    assert_eq!(output_picture(&result, 0), upload);
    let inverted = output_picture(&result, 1);
    assert!(
        inverted.enumerate_pixels().all(|(x, y, pixel)| pixel.0 == upload.get_pixel(x, y).0.map(|c| 255 - c))
    );
    let scaled = output_picture(&result, 2);
    assert_eq!((scaled.dimensions(), scaled.get_pixel(3, 5)), ((4, 6), inverted.get_pixel(1, 2)));
    assert!(result["outputs"][2]["filename"].as_str().unwrap().starts_with("ComfyUI_temp_"));
    let red = output_picture(&result, 4);
    assert_eq!((red.dimensions(), red.get_pixel(0, 0)), ((3, 2), &Rgb([255, 0, 0])));
    assert_eq!(result["outputs"][4]["filename"], "red_00002_.png");
    let mask = output_picture(&result, 5);
    assert_eq!((mask.get_pixel(0, 0), mask.get_pixel(1, 2)), (&Rgb([0; 3]), &Rgb([255; 3])));
}

#[tokio::test]
async fn the_mask_comes_from_the_alpha_channel_if_none_is_sent() {
    let server = Server::start("model_free.json", &[]);
    let upload = RgbaImage::from_fn(2, 1, |x, _| Rgba([10, 20, 30, if x == 0 { 255 } else { 55 }]));
    let form = params(r#"{"x":1}"#).part("load-inputs-image", picture("mine.png", upload));
    let result = server.result("/infer", form).await;
    assert_eq!(output_picture(&result, 0).get_pixel(1, 0), &Rgb([10, 20, 30]));
    assert_eq!(output_picture(&result, 4).get_pixel(1, 0), &Rgb([200; 3]));
}

#[tokio::test]
async fn an_upload_shows_through_a_model_but_not_where_masked() {
    let server = Server::start("inpaint.json", &[]);
    let run = async |upload: RgbImage, mask: Option<RgbaImage>| {
        let mut form = params(r#"{"3-inputs-seed":1}"#).part("1-inputs-image", picture("mine.png", upload));
        if let Some(mask) = mask {
            form = form.part("1-inputs-image-viewcomfymask", picture("mask.png", mask));
        }
        output_picture(&server.result("/infer", form).await, 0)
    };
    let halves =
        |left: u8| RgbImage::from_fn(64, 32, |x, _| Rgb([if x < 32 { left } else { 255 - left }; 3]));
    let light = |picture: &RgbImage, from: u32| -> u32 {
        picture
            .enumerate_pixels()
            .filter(|(x, ..)| (from..from + 32).contains(x))
            .map(|(.., p)| u32::from(p.0[1]))
            .sum()
    };
    let plain = run(halves(255), None).await;
    assert_eq!(plain.dimensions(), (64, 32));
    assert!(light(&plain, 0) > light(&plain, 32) + 32 * 32 * 40, "the light half stays lighter");
    let mask = RgbaImage::from_fn(64, 32, |x, _| Rgba([0, 0, 0, if x < 32 { 0 } else { 255 }]));
    let masked = run(halves(255), Some(mask)).await;
    assert!(light(&masked, 0).abs_diff(light(&plain, 0)) > 32 * 32 * 20, "the masked half changed");
}

#[tokio::test]
async fn a_picture_is_drawn_for_a_missing_file() {
    let server = Server::start("model_free.json", &[]);
    let first = server.result("/infer", params(r#"{"load-inputs-image":"one.png"}"#)).await;
    let second = server.result("/infer", params(r#"{"load-inputs-image":"two.png"}"#)).await;
    assert_ne!(output_picture(&first, 0), output_picture(&second, 0));
}

#[tokio::test]
async fn a_picture_that_is_too_large_fails_as_on_a_graphics_card() {
    let server = Server::start("model_free.json", &[]);
    let form = params(r#"{"empty-inputs-width":16384,"empty-inputs-height":16384}"#);
    let result = server.result("/infer", form).await;
    assert!(result["error_data"].as_str().unwrap().contains("OutOfMemoryError"));
}

#[tokio::test]
async fn media_have_their_content_types() {
    let server = Server::start("media.json", &[]);
    let result = server.result("/infer", params(r#"{"3-inputs-seed":1}"#)).await;
    let outputs = result["outputs"].as_array().unwrap();
    let told: Vec<(&str, &str)> = outputs
        .iter()
        .map(|output| (output["filename"].as_str().unwrap(), output["content_type"].as_str().unwrap()))
        .collect();
    let expected = [
        ("a_00001_.webp", "image/webp"),
        ("b_00001_.png", "image/png"),
        ("c_00001_.gif", "image/gif"),
        ("d_00001_.webp", "image/webp"),
        ("e_00001_.wav", "audio/wav"),
        ("f_00001_.txt", "text/plain; charset=utf-8"),
    ];
    assert_eq!(told, expected);
    let frames = |frames: image::Frames| frames.collect_frames().unwrap().len();
    use image::AnimationDecoder;
    let reader = |index: usize| std::io::Cursor::new(output(&result, index));
    assert_eq!(frames(image::codecs::webp::WebPDecoder::new(reader(0)).unwrap().into_frames()), 12);
    let png = image::codecs::png::PngDecoder::new(reader(1)).unwrap();
    assert_eq!(frames(png.apng().unwrap().into_frames()), 12);
    assert_eq!(frames(image::codecs::gif::GifDecoder::new(reader(2)).unwrap().into_frames()), 12);
    assert!(output(&result, 4).starts_with(b"RIFF"));
    assert_eq!(output(&result, 5), b"some words");
}

#[tokio::test]
async fn every_shared_workflow_runs() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/workflows");
    let Ok(files) = std::fs::read_dir(folder) else {
        return eprintln!("skipped: the shared workflows are not here");
    };
    let server = Server::start("text_to_image.json", &["--speed", "5000"]);
    for path in files.map(|file| file.unwrap().path()) {
        // The edge cases have a node without a class, which ComfyUI refuses.
        if path.extension().is_none_or(|ext| ext != "json") || path.ends_with("edge_cases.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let result = server.result("/infer", params(r#"{"x":1}"#).text("workflow_api", text)).await;
        assert_eq!(result["status"], "success", "{path:?}");
        assert!(!result["outputs"].as_array().unwrap().is_empty(), "{path:?}");
    }
}
