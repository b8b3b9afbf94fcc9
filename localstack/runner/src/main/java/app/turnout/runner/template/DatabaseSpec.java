package app.turnout.runner.template;

/// The relational database.
///
/// @param id the logical id
/// @param name of the database on the server
/// @param owner the role that migrates it
public record DatabaseSpec(String id, String name, String owner) {
  static DatabaseSpec read(PropertyReader properties) {
    return new DatabaseSpec(
        properties.id(),
        properties.text("DBName").orElse("postgres"),
        properties.text("MasterUsername").orElse("postgres"));
  }
}
