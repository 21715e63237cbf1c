//! How evidence was gained, what it measures and how sure it is.

crate::value::codes! {
    /// What kind of work a source is.
    SourceKind {
        /// A systematic review.
        SystematicReview = 1 "systematic-review",
        /// A randomised trial.
        RandomizedTrial = 2 "randomized-trial",
        /// A cohort or case-control study.
        ObservationalStudy = 3 "observational-study",
        /// A guideline or a recommendation of a body that issues them.
        Guideline = 4 "guideline",
        /// Counts that an office or a registry publishes.
        Statistics = 5 "statistics",
        /// A model that predicts a risk.
        RiskModel = 6 "risk-model",
        /// What a regulator approved to be said of a product.
        ProductInformation = 7 "product-information",
        /// What experts hold, without a study.
        ExpertOpinion = 8 "expert-opinion",
        /// A review of methods, e.g. Cochrane `MR…`.
        MethodologyReview = 9 "methodology-review",
    }
}

crate::value::codes! {
    /// Whether a source may still be leaned on.
    SourceStatus {
        /// It may.
        Active = 1 "active",
        /// A later version or another source took its place.
        Superseded = 2 "superseded",
        /// Its publisher took it back.
        Retracted = 3 "retracted",
    }
}

crate::value::codes! {
    /// What an effect is stated as (names of FHIR `synthesis-effect-estimate` where it has one).
    EffectMeasure {
        /// Risk in one group divided by that in the other (RR).
        RiskRatio = 1 "relative-RR",
        /// Odds in one group divided by those in the other (OR).
        OddsRatio = 2 "relative-OR",
        /// Hazard in one group divided by that in the other (HR).
        HazardRatio = 3 "relative-HR",
        /// Risk in one group less that in the other.
        RiskDifference = 4 "absolute-ARD",
        /// Mean of one group less that of the other.
        MeanDifference = 5 "absolute-MeanDiff",
        /// Median of one group less that of the other.
        MedianDifference = 6 "absolute-MedianDiff",
        /// Mean difference in standard deviations.
        StandardizedMeanDifference = 7 "absolute-SMD",
        /// The risk of one group alone.
        AbsoluteRisk = 8 "absolute-risk",
    }
}

crate::value::codes! {
    /// How sure a body of evidence is, by GRADE (FHIR `evidence-quality`).
    Certainty {
        /// Further research is very unlikely to change the estimate.
        High = 1 "high",
        /// Further research may change it.
        Moderate = 2 "moderate",
        /// Further research is likely to change it.
        Low = 3 "low",
        /// Any estimate is very uncertain.
        VeryLow = 4 "very-low",
    }
}

crate::value::codes! {
    /// Why certainty was rated down or up, by GRADE.
    CertaintyReason {
        /// Down: studies may be biased.
        RiskOfBias = 1 "risk-of-bias",
        /// Down: studies disagree.
        Inconsistency = 2 "inconsistency",
        /// Down: other patients, treatments or outcomes than those asked about.
        Indirectness = 3 "indirectness",
        /// Down: few events, a wide interval.
        Imprecision = 4 "imprecision",
        /// Down: studies may be missing.
        PublicationBias = 5 "publication-bias",
        /// Up: a large effect.
        LargeEffect = 6 "large-effect",
        /// Up: more dose, more effect.
        DoseResponse = 7 "dose-response",
        /// Up: what may confound works the other way.
        OpposingConfounding = 8 "opposing-confounding",
    }
}

crate::value::codes! {
    /// Unit of a time over which something happens.
    HorizonUnit {
        /// Days.
        Days = 1 "d",
        /// Weeks.
        Weeks = 2 "wk",
        /// Months.
        Months = 3 "mo",
        /// Years.
        Years = 4 "a",
        /// A whole life; the number is 1.
        Lifetime = 5 "lifetime",
        /// Once, at the time of a test or a procedure; the number is 1.
        Once = 6 "once",
    }
}
