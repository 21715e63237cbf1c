//! Writes the conversions and calls that the surface of the core asks for.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../api.manifest");
    let api = prm_api::api()?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("records.rs"), prm_api::python::records(&api))?;
    fs::write(Path::new(&out).join("calls.rs"), prm_api::python::calls(&api))?;
    pyo3_build_config::add_extension_module_link_args();
    Ok(())
}
