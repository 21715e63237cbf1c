//! `prm-api manifest` writes `bindings/api.manifest` from the sources of the core.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["manifest"] => {
            let api = prm_api::read::read(&here.join("../../prm-core/src"))?;
            std::fs::write(here.join("../api.manifest"), prm_api::manifest::write(&api))?;
        }
        ["swift", out] => prm_api::swift::write(&prm_api::api()?, Path::new(out))?,
        _ => return Err("usage: prm-api manifest | swift PACKAGE".into()),
    }
    Ok(())
}
