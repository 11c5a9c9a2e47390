<%@ page contentType="text/html; charset=UTF-8" session="false" import="java.sql.*,java.util.*" %>
<%!
  // The page is asked for far more often than its rows change: they are read from the database once a second at most.
  private static final long FRESH_MS = 1000;
  private List<String[]> rows = List.of();
  private long readAt;

  private synchronized List<String[]> rows() throws SQLException, ClassNotFoundException {
    long now = System.currentTimeMillis();
    if (now - readAt < FRESH_MS) return rows;
    Class.forName("org.mariadb.jdbc.Driver");
    List<String[]> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(System.getProperty("brooklyn.example.db.url"));
        Statement statement = connection.createStatement();
        ResultSet set = statement.executeQuery("SELECT NAME, MESSAGE FROM MESSAGES ORDER BY ID LIMIT 100")) {
      while (set.next()) found.add(new String[] {set.getString(1), set.getString(2)});
    }
    rows = found;
    readAt = System.currentTimeMillis();
    return rows;
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
