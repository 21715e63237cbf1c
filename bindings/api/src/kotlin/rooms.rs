//! Rooms of a session, over the flat calls that cross the boundary.

use super::docs::kdoc;
use super::head;
use super::names::{camel, kind, quoted, unsaid_argument, upper_camel};
use crate::{Api, Call, Of, Room};

/// How a call waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// The thread of the caller waits.
    Blocking,
    /// A thread for input and output waits, the caller's coroutine is suspended.
    Suspending,
}

impl Manner {
    fn before_class(self) -> &'static str {
        match self {
            Manner::Blocking => "",
            Manner::Suspending => "Suspending",
        }
    }

    fn function(self) -> &'static str {
        match self {
            Manner::Blocking => "fun",
            Manner::Suspending => "suspend fun",
        }
    }
}

/// The rooms, and how a session has them.
pub(super) fn rooms(api: &Api, manner: Manner) -> String {
    let mut text = head("rooms of a session");
    for room in api.of_session() {
        text.push_str(&one(api, room, manner));
        if manner == Manner::Blocking {
            text.push_str(&kdoc(&room.docs, ""));
            let name = upper_camel(&room.name);
            text.push_str(&format!(
                "public val Session.{}: {name}Room\n    get() = {name}Room(this)\n\n",
                quoted(&room.name)
            ));
        }
    }
    if manner == Manner::Suspending {
        text.push_str(&entrance(api));
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn one(api: &Api, room: &Room, manner: Manner) -> String {
    let class = format!("{}{}Room", manner.before_class(), upper_camel(&room.name));
    let mut text = kdoc(&room.docs, "");
    text.push_str(&format!("public class {class} internal constructor(internal val session: Session) {{\n"));
    for (n, call) in room.calls.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        text.push_str(&kdoc(&call.docs, "    "));
        text.push_str(&format!("    public {} {}", manner.function(), function(api, room, call, manner)));
    }
    text + "}\n\n"
}

fn function(api: &Api, room: &Room, call: &Call, manner: Manner) -> String {
    let mut arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| {
            let default = unsaid_argument(api, argument).map(|value| format!(" = {value}")).unwrap_or_default();
            format!("{}: {}{default}", quoted(&argument.name), kind(&argument.of))
        })
        .collect();
    let mut passed: Vec<String> = call.arguments.iter().map(|argument| quoted(&argument.name)).collect();
    if call.watched {
        arguments.push(match manner {
            Manner::Blocking => "progress: Progress? = null".to_owned(),
            Manner::Suspending => "progress: Progress = Progress()".to_owned(),
        });
        passed.push("progress".to_owned());
    }
    let flat = format!("session.{}({})", camel(&format!("{}_{}", room.name, call.name)), passed.join(", "));
    let body = match manner {
        Manner::Blocking => flat,
        Manner::Suspending if call.watched => format!("offThread(progress) {{ {flat} }}"),
        Manner::Suspending => format!("offThread {{ {flat} }}"),
    };
    let answer = match &call.answer {
        Of::Unit => String::new(),
        of => format!(": {}", kind(of)),
    };
    format!("{}({}){answer} =\n        {body}\n", quoted(&call.name), arguments.join(", "))
}

fn entrance(api: &Api) -> String {
    let mut text = "/**
 * The rooms of a session for coroutines: each call suspends instead of blocking, its work is done on a thread of
 * [kotlinx.coroutines.Dispatchers.IO].
 *
 * A coroutine that is cancelled while a call is at work gets its `CancellationException` when the call is done: a write
 * may have happened.
 */
public class SuspendingSession internal constructor(internal val session: Session) {
"
    .to_owned();
    for room in api.of_session() {
        let name = upper_camel(&room.name);
        text.push_str(&kdoc(&room.docs, "    "));
        text.push_str(&format!(
            "    public val {}: Suspending{name}Room get() = Suspending{name}Room(session)\n\n",
            quoted(&room.name)
        ));
    }
    text.push_str(
        "    /**
     * Executes commands: all of them or none, in one durable transaction.
     *
     * @throws PrmException as [Session.execute].
     */
    public suspend fun execute(batch: Batch): Receipt = offThread { session.execute(batch) }
}

/** The session for coroutines. */
public val Session.suspending: SuspendingSession
    get() = SuspendingSession(this)
",
    );
    text
}
