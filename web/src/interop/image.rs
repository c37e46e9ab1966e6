//! Pixels out of a vector picture.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::file;

/// Pixels per layout unit, where the picture is not too large for that.
const SCALE: f64 = 2.0;
/// Longest side that every browser draws.
const LONGEST: f64 = 16_384.0;
/// Most pixels that every browser draws.
const LARGEST: f64 = 120e6;

/// Returns an SVG picture as PNG, twice as large as life; none where the browser cannot.
pub(crate) async fn png(svg: &str) -> Option<Blob> {
    let blob = file::blob(svg, "image/svg+xml")?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let canvas = draw(&url).await;
    drop(Url::revoke_object_url(&url));
    let canvas = canvas?;
    let promise = Promise::new(&mut |resolve: Function, _| {
        if canvas.to_blob(&resolve).is_err() {
            // Resolving a promise runs nothing here, so it cannot fail.
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn draw(url: &str) -> Option<HtmlCanvasElement> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = scale(width, height);
    let canvas = gloo::utils::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(pixels(width * scale));
    canvas.set_height(pixels(height * scale));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let drawn = context.draw_image_with_html_image_element_and_dw_and_dh(
        &image,
        0.0,
        0.0,
        f64::from(canvas.width()),
        f64::from(canvas.height()),
    );
    drawn.ok().map(|()| canvas)
}

fn scale(width: f64, height: f64) -> f64 {
    let longest = width.max(height).max(1.0);
    SCALE
        .min(LONGEST / longest)
        .min((LARGEST / (width * height).max(1.0)).sqrt())
}

fn pixels(length: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the longest side"
    )]
    let pixels = length.clamp(1.0, LONGEST) as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pictures_are_drawn_smaller() {
        let is_near = |scale: f64, expected: f64| (scale - expected).abs() < 1e-9;
        assert!(is_near(scale(300.0, 200.0), 2.0));
        assert!(is_near(scale(100.0, 32_768.0), 0.5));
        assert_eq!(pixels(0.0), 1);
    }
}
