//! SQLite: `prm-bench-sqlite typed|blob|layout|care-joined|care-covering`.

fn main() -> std::process::ExitCode {
    prm_bench_sqlite::run(prm_bench_sqlite::Protection::None)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_small_population_is_answered_alike() {
        prm_bench_sqlite::rehearse(prm_bench_sqlite::Protection::None);
    }

    #[test]
    fn the_file_is_a_plain_database() {
        assert!(!prm_bench_sqlite::is_sealed(prm_bench_sqlite::Protection::None));
    }
}
