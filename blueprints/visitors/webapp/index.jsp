<%@ page contentType="text/html; charset=UTF-8" session="false" import="java.sql.*,java.util.*" %>
<%!
  // The page is asked for far more often than its rows change: they are read from the database once a second at most. While that does not answer
  // the last that it gave are shown.
  private static final long FRESH_MS = 1000;
  private List<String[]> rows;
  private long readAt;
  private Connection connection;

  private synchronized List<String[]> rows() throws SQLException, ClassNotFoundException {
    if (rows != null && System.currentTimeMillis() - readAt < FRESH_MS) return rows;
    try {
      rows = read();
    } catch (SQLException problem) {
      connection = null;
      log("The database does not answer", problem);
      if (rows == null) throw problem;
    }
    readAt = System.currentTimeMillis();
    return rows;
  }

  private List<String[]> read() throws SQLException, ClassNotFoundException {
    if (connection == null) {
      Class.forName("org.mariadb.jdbc.Driver");
      connection = DriverManager.getConnection(System.getProperty("brooklyn.example.db.url"));
    }
    List<String[]> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet set = statement.executeQuery("SELECT NAME, MESSAGE FROM MESSAGES ORDER BY ID LIMIT 100")) {
      while (set.next()) found.add(new String[] {set.getString(1), set.getString(2)});
    }
    return found;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
%>
<!doctype html>
<html lang="en">
<title>Visitors</title>
<h1>Visitors</h1>
<p>Served by <%= java.net.InetAddress.getLocalHost().getHostName() %></p>
<ul>
<% for (String[] row : rows()) { %>  <li><b><%= escaped(row[0]) %></b>: <%= escaped(row[1]) %></li>
<% } %></ul>
</html>
