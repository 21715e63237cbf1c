//! `PlanDefinition`: a template of care plans.
//!
//! | here | R4 |
//! | --- | --- |
//! | name, version | `url` `urn:prm:template:<name>`, `version` |
//! | conditions | `useContext` of kind `focus` |
//! | goals, their targets | `goal`, named by its `id`; how soon a target is due by `dueDuration` |
//! | activities | `action`, named by its `id`; why it is there in `description`, its source in `documentation` |
//! | a rule | `timingTiming` without bounds |
//! | so long after another activity | `relatedAction` `after-end` with an offset |
//! | prerequisites | `relatedAction` `after-end` without an offset |
//! | who carries it out | `participant` |
//!
//! Events, steps counted from them, windows, states of the pathway and how far a row was checked have no element.

use super::super::Json;
use super::super::export::build::{Build, number};
use super::super::export::datatypes as write;
use super::super::map::at::{At, Note, Notes};
use super::super::map::datatypes as read;
use super::carry::{close, rest, restore};
use super::plan::TEMPLATE;
use super::{text, timing};
use crate::engage::Span;
use crate::error::{Error, Result};
use crate::plan::{
    Basis, CareTemplate, FollowTiming, Performer, RuleTiming, TemplateActivity, TemplateGoal, TemplateStatus,
    TemplateTarget, TemplateTiming,
};
use crate::value::{Coding, Concept};

const FIELDS: &[&str] =
    &["name", "title", "version", "status", "source", "conditions", "events", "problems", "states", "supersedes"];
const OF_GOAL: &[&str] = &["key", "description", "targets", "basis"];
const OF_ACTION: &[&str] = &[
    "key",
    "title",
    "code",
    "category",
    "role",
    "performer",
    "timing",
    "window",
    "measures",
    "prerequisites",
    "reminders",
    "goals",
    "states",
    "needs_responder",
    "basis",
];
const KNOWN: &[&str] = &["url", "name", "title", "version", "status", "useContext", "goal", "action", "copyright"];
const ACTION: &[&str] =
    &["title", "description", "code", "documentation", "goalId", "relatedAction", "timingTiming", "participant"];
const CONTEXT: &str = "http://terminology.hl7.org/CodeSystem/usage-context-type";
const UCUM: &str = "http://unitsofmeasure.org";

/// The `PlanDefinition` of a template, with the id given.
pub fn write_template(id: &str, template: &CareTemplate) -> Json<'static> {
    let mut json = close(bare(template), template, FIELDS, |json, notes| CareTemplate {
        goals: template.goals.clone(),
        activities: template.activities.clone(),
        ..read_bare(json, &At::ROOT, notes)
    });
    let goals: Vec<_> = template
        .goals
        .iter()
        .map(|goal| close(bare_goal(goal), goal, OF_GOAL, |json, notes| read_bare_goal(json, 0, &At::ROOT, notes)))
        .collect();
    let actions: Vec<_> = template
        .activities
        .iter()
        .map(|own| close(bare_action(own), own, OF_ACTION, |json, notes| read_bare_action(json, 0, &At::ROOT, notes).0))
        .collect();
    if let Some(object) = json.object_mut() {
        object.insert_second("id", Json::from(id));
        for (name, items) in [("goal", goals), ("action", actions)] {
            if !items.is_empty() {
                object.set(name, Json::List(items));
            }
        }
    }
    json
}

/// A template that was read, and what of its text was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTemplate {
    /// The template.
    pub template: CareTemplate,
    /// What was not taken: where it stands, and why.
    pub not_taken: Vec<Note>,
}

/// The template that a `PlanDefinition` says. Actions of which nothing says exactly when they are due are told, not taken.
///
/// # Errors
/// `Invalid` for what is no `PlanDefinition`, one that an unknown extension modifies, or one of which no action can be taken.
pub fn read_template(json: &Json<'_>) -> Result<ReadTemplate> {
    if json.text_of("resourceType") != Some("PlanDefinition") {
        return Err(Error::invalid("text", "give one PlanDefinition"));
    }
    if json.get("modifierExtension").is_some() || json.get("implicitRules").is_some() {
        return Err(Error::invalid("PlanDefinition", "an extension that is not known here modifies it"));
    }
    let mut notes = Notes::default();
    let at = At::ROOT;
    rest(json, KNOWN, &at, &mut notes);
    let template = restore(json, FIELDS, &at, &mut notes, |json, notes| read_bare(json, &at, notes), bare);
    let goals = read::list(json, "goal", &at, &mut notes, |json, at, notes| {
        rest(json, &["description", "target"], at, notes);
        Some(restore(json, OF_GOAL, at, notes, |json, notes| read_bare_goal(json, 0, at, notes), bare_goal))
    });
    let mut goals = goals;
    for (n, goal) in goals.iter_mut().enumerate().filter(|(_, goal)| goal.key.is_empty()) {
        goal.key = format!("goal-{}", n + 1);
    }
    let mut n = 0;
    let activities = read::list(json, "action", &at, &mut notes, |json, at, notes| {
        n += 1;
        action(json, n, at, notes)
    });
    if activities.is_empty() && !json.items("action").is_empty() {
        return Err(Error::invalid("PlanDefinition.action", "of no action it is said exactly when it is due"));
    }
    Ok(ReadTemplate { template: CareTemplate { goals, activities, ..template }, not_taken: notes.into_inner() })
}

fn bare(template: &CareTemplate) -> Json<'static> {
    let focus = |condition: &Concept| {
        let code = write::coding(&Coding::new(CONTEXT, "focus"));
        Build::default().put("code", code).put("valueCodeableConcept", write::concept(condition)).done()
    };
    Build::resource("PlanDefinition")
        .text("url", Some(&format!("{TEMPLATE}{}", template.name)))
        .text("version", Some(&template.version))
        .text("name", Some(&template.name))
        .text("title", Some(&template.title))
        .text("status", Some(template.status.code()))
        .list("useContext", &template.conditions, focus)
        .text("copyright", template.source.licence.as_deref())
        .done()
}

fn read_bare(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> CareTemplate {
    let owned = |name: &str, notes: &mut Notes| read::owned(json, name, at, notes);
    let name = owned("name", notes).or_else(|| owned("url", notes)).or_else(|| owned("title", notes));
    let name = name.as_deref().and_then(text::key).unwrap_or_default();
    let status = json.text_of("status").map_or(TemplateStatus::Draft, TemplateStatus::from_code);
    let conditions = read::list(json, "useContext", at, notes, |json, at, notes| {
        let focus = json.at(&["code", "code"]).and_then(Json::text) == Some("focus");
        let found = read::concept_of(json, "valueCodeableConcept", at, notes).filter(|_| focus);
        if found.is_none() {
            notes.add(at, "a use that is no condition");
        }
        found
    });
    let mut template = CareTemplate {
        title: owned("title", notes).unwrap_or_else(|| name.clone()),
        version: owned("version", notes).unwrap_or_default(),
        status,
        conditions,
        name,
        ..CareTemplate::default()
    };
    template.source.licence = owned("copyright", notes);
    template
}

fn bare_goal(goal: &TemplateGoal) -> Json<'static> {
    let description = Build::default().text("text", Some(&goal.description)).done();
    let target = |target: &TemplateTarget| {
        let due = target.due.as_ref().and_then(timing::span_of).map(|(value, unit)| duration(value, unit));
        let build = Build::default().put("measure", write::concept(&target.measure.clone().into()));
        let build = match (&target.low, &target.high) {
            (Some(low), Some(high)) if !low.excluded && !high.excluded => {
                let range = Build::default().put("low", write::quantity(&low.value));
                build.put("detailRange", range.put("high", write::quantity(&high.value)).done())
            }
            _ => build,
        };
        build.put("due", due).done()
    };
    Build::default()
        .text("id", Some(&goal.key))
        .put("description", description)
        .list("target", &goal.targets, target)
        .done()
}

fn duration(value: i64, unit: &str) -> Json<'static> {
    let build = Build::default().put("value", number(value.to_string())).text("unit", Some(unit));
    build.text("system", Some(UCUM)).text("code", Some(unit)).done()
}

fn read_duration(json: &Json<'_>) -> Option<Span> {
    let value = json.get("value").and_then(Json::number).and_then(|digits| digits.parse::<u32>().ok())?;
    timing::span_in(value.into(), json.text_of("code")?)
}

fn read_bare_goal(json: &Json<'_>, _: usize, at: &At<'_>, notes: &mut Notes) -> TemplateGoal {
    let described = read::concept_of(json, "description", at, notes);
    let description = described.as_ref().and_then(Concept::label).unwrap_or_default();
    let targets = read::list(json, "target", at, notes, |json, at, notes| {
        rest(json, &["measure", "detailRange", "due"], at, notes);
        let measure = read::concept_of(json, "measure", at, notes)?.codings.into_iter().next();
        let Some(measure) = measure else {
            notes.add(at, "a target that names no code of what is measured");
            return None;
        };
        let mut end = |name| {
            let quantity = json.at(&["detailRange", name])?;
            let value = read::quantity(quantity, &at.member("detailRange"), notes)?;
            Some(crate::plan::Bound { value, excluded: false })
        };
        let (low, high) = (end("low"), end("high"));
        let due = json.get("due").map(read_duration);
        if due == Some(None) {
            notes.add(&at.member("due"), "not a whole number of days, weeks, months or years");
        }
        Some(TemplateTarget { measure, low, high, due: due.flatten(), stale_after: None })
    });
    TemplateGoal {
        key: json.text_of("id").and_then(text::key).unwrap_or_default(),
        description: text::shortened(description, 2_000, &at.member("description"), notes),
        targets,
        basis: Basis::default(),
    }
}

fn bare_action(own: &TemplateActivity) -> Json<'static> {
    let related = |key: &str, offset: Option<Json<'static>>| {
        let build = Build::default().text("actionId", Some(key)).text("relationship", Some("after-end"));
        build.put("offsetDuration", offset).done()
    };
    let mut relations: Vec<_> = own.prerequisites.iter().map(|key| related(key, None)).collect();
    let mut timed = None;
    match &own.timing {
        TemplateTiming::Rule(rule) if rule.event.is_none() && rule.offset.is_zero() => {
            timed = rule.rrule.parse().ok().and_then(|parsed| timing::of_rule(&parsed, rule.at));
        }
        TemplateTiming::AfterActivity(follow) => {
            let offset = timing::span_of(&follow.after).map(|(value, unit)| duration(value, unit));
            relations.extend(offset.map(|offset| related(&follow.activity, Some(offset))));
        }
        _ => {}
    }
    let role = own.role.as_deref().map(|role| Build::default().text("text", Some(role)).done());
    let kind = match own.performer {
        Performer::Team => "practitioner",
        Performer::Patient => "patient",
        Performer::RelatedPerson => "related-person",
    };
    let participant = Build::default().text("type", Some(kind)).put("role", role).done();
    let source = Build::default()
        .text("type", Some("citation"))
        .text("citation", own.basis.citation.as_deref())
        .text("url", own.basis.url.as_deref());
    let source = (own.basis.citation.is_some() || own.basis.url.is_some()).then(|| Json::List(vec![source.done()]));
    Build::default()
        .text("id", Some(&own.key))
        .text("title", Some(&own.title))
        .text("description", Some(&own.basis.rationale))
        .put("code", own.code.as_ref().map(|code| Json::List(vec![write::concept(code)])))
        .put("documentation", source)
        .put("goalId", Json::List(own.goals.iter().map(|key| Json::from(key.as_str())).collect()))
        .put("relatedAction", Json::List(relations))
        .put("timingTiming", timed)
        .put("participant", Json::List(vec![participant]))
        .done()
}

/// Why an action is not taken.
const UNTIMED: &str = "an action of which nothing says exactly when it is due";

fn action(json: &Json<'_>, n: usize, at: &At<'_>, notes: &mut Notes) -> Option<TemplateActivity> {
    rest(json, ACTION, at, notes);
    let own = restore(json, OF_ACTION, at, notes, |json, notes| read_bare_action(json, n, at, notes).0, bare_action);
    let timed = read_bare_action(json, n, at, &mut Notes::default()).1;
    // What is carried beside the action says when it is due, if the action itself does not.
    let carried = json.items("extension").iter().any(|e| e.text_of("url") == Some(super::super::map::kept::URL));
    if !timed && !carried {
        notes.add(at, UNTIMED);
        return None;
    }
    Some(own)
}

/// The activity of an action, and whether the action says when it is due.
fn read_bare_action(json: &Json<'_>, n: usize, at: &At<'_>, notes: &mut Notes) -> (TemplateActivity, bool) {
    let code = read::concept_of(json, "code", at, notes);
    let titled = json.text_of("title").or_else(|| code.as_ref().and_then(Concept::label)).unwrap_or("Activity");
    let (mut when, mut timed) = (TemplateTiming::default(), false);
    if let Some(element) = json.get("timingTiming") {
        match timing::rule_only(element, &at.member("timingTiming"), notes) {
            Ok((rule, at)) => {
                let rule = RuleTiming { rrule: rule.to_string(), at, ..RuleTiming::default() };
                (when, timed) = (TemplateTiming::Rule(rule), true);
            }
            Err(note) => notes.push(note),
        }
    }
    let mut prerequisites = Vec::new();
    for (n, relation) in json.items("relatedAction").iter().enumerate() {
        let offset = relation.get("offsetDuration").map(read_duration);
        let after = relation.text_of("relationship") == Some("after-end");
        match (relation.text_of("actionId").filter(|_| after), offset) {
            (Some(key), None) => prerequisites.extend(text::key(key)),
            (Some(key), Some(Some(after))) if !timed => {
                let follow =
                    FollowTiming { activity: text::key(key).unwrap_or_default(), after, ..FollowTiming::default() };
                (when, timed) = (TemplateTiming::AfterActivity(follow), true);
            }
            _ => notes.add(&at.item("relatedAction", n), "a relation that activities do not have"),
        }
    }
    let (mut performer, mut role) = (Performer::Team, None);
    for (n, participant) in json.items("participant").iter().enumerate() {
        let kind = match participant.text_of("type") {
            Some("practitioner") => Some(Performer::Team),
            Some("patient") => Some(Performer::Patient),
            Some("related-person") => Some(Performer::RelatedPerson),
            _ => None,
        };
        match kind.filter(|_| n == 0) {
            Some(kind) => {
                performer = kind;
                let found = read::concept_of(participant, "role", at, notes);
                role = found.as_ref().and_then(Concept::label).map(str::to_owned);
            }
            None => notes.add(&at.item("participant", n), "a further participant, or a device"),
        }
    }
    let source = json.items("documentation").first();
    let basis = Basis {
        rationale: read::owned(json, "description", at, notes).unwrap_or_default(),
        citation: source.and_then(|source| source.text_of("citation")).map(str::to_owned),
        url: source.and_then(|source| source.text_of("url")).map(str::to_owned),
        ..Basis::default()
    };
    let goals = json.items("goalId").iter().filter_map(|id| id.text().and_then(text::key)).collect();
    let key = json.text_of("id").and_then(text::key).unwrap_or_else(|| format!("activity-{n}"));
    let activity = TemplateActivity {
        key,
        title: text::title(titled, &at.member("title"), notes),
        code,
        role,
        performer,
        timing: when,
        prerequisites,
        goals,
        basis,
        ..TemplateActivity::default()
    };
    (activity, timed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::shipped;

    fn read(text: &str) -> Result<ReadTemplate> {
        read_template(&Json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn every_shipped_template_comes_back() {
        let shipped = shipped().unwrap();
        assert_eq!(shipped.len(), 6);
        for template in shipped {
            let text = write_template("t", &template).to_text();
            let back = read(&text).unwrap();
            assert_eq!(back.template.activities, template.activities);
            assert_eq!((back.template, back.not_taken), (template, Vec::new()));
        }
    }

    #[test]
    fn a_rule_stands_in_the_action_itself() {
        let rule = RuleTiming { rrule: "FREQ=WEEKLY;BYDAY=MO,TH".into(), ..RuleTiming::default() };
        let own = TemplateActivity {
            key: "bp".into(),
            title: "Blood pressure".into(),
            timing: TemplateTiming::Rule(rule),
            prerequisites: vec!["teach".into()],
            ..TemplateActivity::default()
        };
        let template = CareTemplate { activities: vec![own], ..CareTemplate::default() };
        let json = write_template("t", &template);
        let action = json.items("action").first().unwrap();
        assert_eq!(action.at(&["timingTiming", "repeat", "frequency"]).and_then(Json::number), Some("2"));
        assert_eq!(action.items("relatedAction").len(), 1);
        assert_eq!(read(&json.to_text()).unwrap().template.activities, template.activities);
    }

    #[test]
    fn a_definition_of_another_system_is_taken_as_far_as_it_is_exact() {
        let text = r#"{"resourceType":"PlanDefinition","name":"My plan","version":"1","status":"active","action":[
            {"id":"a","title":"Weigh","timingTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}},
            {"id":"b","title":"Call","relatedAction":[{"actionId":"a","relationship":"after-end","offsetDuration":{"value":2,"code":"d"}}]},
            {"title":"When?","trigger":[{"type":"named-event","name":"x"}],"action":[{"title":"inner"}]}],"goal":[{"description":{"text":"g"}}]}"#;
        let found = read(text).unwrap();
        assert_eq!(found.template.name, "My-plan");
        assert_eq!(found.template.goals.iter().map(|goal| goal.key.as_str()).collect::<Vec<_>>(), ["goal-1"]);
        let keys: Vec<_> = found.template.activities.iter().map(|own| own.key.as_str()).collect();
        assert_eq!(keys, ["a", "b"]);
        let told: Vec<_> = found.not_taken.iter().map(|note| note.path.as_str()).collect();
        assert_eq!(told, ["action[2].trigger", "action[2].action", "action[2]"]);
        let none = r#"{"resourceType":"PlanDefinition","name":"x","status":"active","action":[{"title":"When?"}]}"#;
        assert!(read(none).is_err());
    }
}
