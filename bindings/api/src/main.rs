//! `prm-api manifest` writes `bindings/api.manifest` from the sources of the core. `prm-api kotlin FROM TO` writes the
//! sources of Kotlin into the folder `TO`; `FROM` is the file that uniffi wrote.

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
        ["kotlin", from, to] => {
            let api = prm_api::api()?;
            let mut sources = prm_api::kotlin::sources(&api);
            let text = prm_api::kotlin::finish(&api, &std::fs::read_to_string(from)?)?;
            sources.push(prm_api::kotlin::Source { path: "main/dev/prm/Prm.kt".to_owned(), text });
            for source in sources {
                let path = Path::new(to).join(source.path);
                std::fs::create_dir_all(path.parent().unwrap_or(Path::new(to)))?;
                std::fs::write(path, source.text)?;
            }
        }
        _ => return Err("usage: prm-api manifest | kotlin FROM TO".into()),
    }
    Ok(())
}
