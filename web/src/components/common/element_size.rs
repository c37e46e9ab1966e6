//! How large an element is.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Returns the size of an element in pixels, whenever it changes.
#[hook]
pub(crate) fn use_element_size(place: &NodeRef) -> (f64, f64) {
    let size = use_state(|| (600.0, 400.0));
    {
        let (place, size) = (place.clone(), size.setter());
        use_effect_with((), move |()| {
            let element = place.cast::<Element>();
            let measured = element.clone();
            let measure = Closure::<dyn Fn()>::new(move || {
                if let Some(element) = &measured {
                    let rect = element.get_bounding_client_rect();
                    if rect.width() > 0.0 && rect.height() > 0.0 {
                        size.set((rect.width(), rect.height()));
                    }
                }
            });
            let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(measure);
            }
        });
    }
    *size
}
