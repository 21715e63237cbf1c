//! Writes the mirrors and the calls of rooms from the manifest of the surface.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../api.manifest");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let api = prm_api::api()?;
    std::fs::write(out.join("mirror.rs"), prm_api::uniffi::mirrors(&api))?;
    std::fs::write(out.join("calls.rs"), prm_api::uniffi::calls(&api))?;
    std::fs::write(out.join("reckoned.rs"), prm_api::uniffi::reckoned(&api))?;
    std::fs::write(out.join("error.rs"), prm_api::uniffi::errors(&api))?;
    Ok(())
}
