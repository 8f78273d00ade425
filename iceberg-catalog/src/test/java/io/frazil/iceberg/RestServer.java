package io.frazil.iceberg;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/// Iceberg's own REST catalog, over HTTP, in front of one of ours.
final class RestServer implements AutoCloseable {
  private final Server server;
  private final IcebergCatalog behind;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile boolean refuses;

  private RestServer(Server server, IcebergCatalog behind) {
    this.server = server;
    this.behind = behind;
  }

  static RestServer before(IcebergCatalog behind) throws Exception {
    var jetty = new Server(0);
    var rest = new RestServer(jetty, behind);
    var context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(rest.servlet(new RESTCatalogAdapter(behind.catalog()))), "/*");
    jetty.setHandler(context);
    jetty.start();
    return rest;
  }

  URI uri() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  /// What requests said of who makes them.
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /// From now on nobody may do anything.
  void refuse() {
    refuses = true;
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
    behind.close();
  }

  private RESTCatalogServlet servlet(RESTCatalogAdapter adapter) {
    return new RESTCatalogServlet(adapter) {
      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response)
          throws IOException, jakarta.servlet.ServletException {
        authorizations.add(Objects.requireNonNullElse(request.getHeader("Authorization"), ""));
        if (refuses) {
          response.setStatus(403);
          response.setContentType("application/json");
          response
              .getWriter()
              .write(
                  "{\"error\":{\"message\":\"no\",\"type\":\"ForbiddenException\",\"code\":403}}");
          return;
        }
        super.service(request, response);
      }
    };
  }
}
