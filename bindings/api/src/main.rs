//! `prm-api manifest` writes `bindings/api.manifest` from the sources of the core; `prm-api python` writes what the
//! Python package has of it.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["manifest"] => {
            let api = prm_api::read::read(&here.join("../../prm-core/src"))?;
            fs::write(here.join("../api.manifest"), prm_api::manifest::write(&api))?;
        }
        ["python"] => {
            let api = prm_api::api()?;
            for (path, text) in prm_api::python::package(&api)? {
                let path = here.join("../python/python/prm").join(path);
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(path, text)?;
            }
            fs::write(here.join("../python/tests/surface.json"), prm_api::python::surface(&api))?;
        }
        ["swift", package] => prm_api::swift::write(&prm_api::api()?, Path::new(package))?,
        _ => return Err("usage: prm-api manifest | python | swift PACKAGE".into()),
    }
    Ok(())
}
