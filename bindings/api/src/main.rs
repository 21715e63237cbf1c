//! `prm-api manifest` writes `bindings/api.manifest` from the sources of the core. `prm-api python` writes the modules of the
//! Python package. `prm-api kotlin FROM TO` writes the sources of Kotlin into the folder `TO`; `FROM` is the file that
//! uniffi wrote. `prm-api swift PACKAGE` writes those of Swift into the folder of the package.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["manifest"] => {
            let api = prm_api::read::read(&bindings.join("../prm-core/src"))?;
            write(bindings.join("api.manifest"), &prm_api::manifest::write(&api))?;
        }
        ["python"] => {
            let api = prm_api::api()?;
            for (path, text) in prm_api::python::package(&api)? {
                write(bindings.join("python/python/prm").join(path), &text)?;
            }
            write(bindings.join("python/tests/surface.json"), &prm_api::python::surface(&api))?;
        }
        ["kotlin", from, to] => {
            let api = prm_api::api()?;
            let text = prm_api::kotlin::finish(&api, &std::fs::read_to_string(from)?)?;
            write(Path::new(to).join("main/dev/prm/Prm.kt"), &text)?;
            for source in prm_api::kotlin::sources(&api) {
                write(Path::new(to).join(source.path), &source.text)?;
            }
        }
        ["swift", package] => prm_api::swift::write(&prm_api::api()?, Path::new(package))?,
        _ => return Err("usage: prm-api manifest | python | kotlin FROM TO | swift PACKAGE".into()),
    }
    Ok(())
}

fn write(path: PathBuf, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}
