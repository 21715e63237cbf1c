//! SQLCipher with a raw key, otherwise as the programs of `../sqlite`.

fn main() -> std::process::ExitCode {
    prm_bench_sqlite::run(prm_bench_sqlite::Protection::RawKey)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_small_population_is_answered_alike() {
        prm_bench_sqlite::rehearse(prm_bench_sqlite::Protection::RawKey);
    }

    #[test]
    fn the_file_is_no_plain_database() {
        assert!(prm_bench_sqlite::is_sealed(prm_bench_sqlite::Protection::RawKey));
    }
}
