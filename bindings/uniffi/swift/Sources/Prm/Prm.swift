// What an app imports: the generated records and calls, the values they are made of, and what this module adds.
@_exported import PrmGenerated
@_exported import PrmValues
