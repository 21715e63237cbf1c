import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** A line of a timeline, as an app would read it. */
private data class Line(
    val id: String,
    val kind: String,
    val time: String,
    val code: String?,
    val title: String?,
    val json: String,
)

/** The same bundles in SQLite. */
internal class Sqlite(file: Path) : AutoCloseable {
    private val connection: Connection = DriverManager.getConnection("jdbc:sqlite:$file")

    init {
        connection.createStatement().use {
            it.execute("PRAGMA journal_mode=WAL")
            it.execute("PRAGMA synchronous=FULL")
            it.execute(
                "CREATE TABLE IF NOT EXISTS resource (id TEXT PRIMARY KEY, kind TEXT NOT NULL, json TEXT NOT NULL) " +
                    "WITHOUT ROWID",
            )
            it.execute(
                "CREATE TABLE IF NOT EXISTS entry (subject TEXT, time TEXT, id TEXT, kind TEXT NOT NULL, code TEXT, " +
                    "title TEXT, PRIMARY KEY (subject, time DESC, id)) WITHOUT ROWID",
            )
        }
    }

    private val byId = connection.prepareStatement("SELECT json FROM resource WHERE id = ?")
    private val newest = connection.prepareStatement(
        "SELECT e.id, e.kind, e.time, e.code, e.title, r.json FROM entry e JOIN resource r ON r.id = e.id " +
            "WHERE e.subject = ? ORDER BY e.time DESC LIMIT ?",
    )

    /** Imports a bundle in one transaction and gives the number of its resources. */
    fun import(file: Path): Long {
        val resources = Json.parseToJsonElement(file.readText()).jsonObject["entry"]!!.jsonArray
            .map { it.jsonObject["resource"]!!.jsonObject }
        connection.autoCommit = false
        connection.prepareStatement("INSERT OR REPLACE INTO resource VALUES (?, ?, ?)").use { insert ->
            connection.prepareStatement("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)").use { index ->
                for (resource in resources) {
                    val (id, kind) = resource.text("id")!! to resource.text("resourceType")!!
                    insert.setString(1, id)
                    insert.setString(2, kind)
                    insert.setString(3, resource.toString())
                    insert.addBatch()
                    val subject = (resource["subject"] ?: resource["patient"])?.jsonObject?.text("reference") ?: continue
                    val coding = (resource["code"] as? JsonObject)?.get("coding")?.jsonArray?.firstOrNull()?.jsonObject
                    val time = TIMES.firstNotNullOfOrNull { resource.text(it) } ?: ""
                    val values = listOf(subject, time, id, kind, coding?.text("code"), coding?.text("display"))
                    values.forEachIndexed { n, value -> index.setString(n + 1, value) }
                    index.addBatch()
                }
                insert.executeBatch()
                index.executeBatch()
            }
        }
        connection.commit()
        connection.autoCommit = true
        return resources.size.toLong()
    }

    /** The subject with the most entries. */
    fun busiest(): String = connection.createStatement().use { statement ->
        statement.executeQuery("SELECT subject FROM entry GROUP BY subject ORDER BY count(*) DESC LIMIT 1").use {
            it.next()
            it.getString(1)
        }
    }

    /** Reads the resource of a subject. */
    fun resource(subject: String): Long {
        byId.setString(1, subject.substringAfterLast(':').substringAfterLast('/'))
        return byId.executeQuery().use { if (it.next()) it.getString(1).length.toLong() else error("there is no $subject") }
    }

    /** Reads the newest entries and gives their number. */
    fun page(subject: String, size: Int): Long {
        newest.setString(1, subject)
        newest.setInt(2, size)
        return newest.executeQuery().use { rows ->
            val text = { column: Int -> rows.getString(column) }
            buildList {
                while (rows.next()) add(Line(text(1), text(2), text(3), text(4), text(5), text(6)))
            }.size.toLong()
        }
    }

    override fun close() = connection.close()

    private fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.content

    private companion object {
        val TIMES = listOf("effectiveDateTime", "authoredOn", "recordedDate", "occurrenceDateTime", "issued", "date", "created")
    }
}
