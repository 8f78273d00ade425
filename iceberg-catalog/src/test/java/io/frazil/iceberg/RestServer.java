package io.frazil.iceberg;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/// Iceberg's own REST catalog, over HTTP, in front of one of ours.
final class RestServer implements AutoCloseable {
  private static final String TOKENS = "/v1/oauth/tokens";

  private final Server server;
  private final IcebergCatalog behind;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile boolean refuses;
  private volatile boolean refusesStages;
  private volatile boolean losesCommits;
  private volatile boolean repeatsCommits;
  private volatile boolean wantsTokens;
  private volatile int oldestToken;

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

  /// From now on tables are made at once or not at all, as on S3 Tables.
  void refuseStages() {
    refusesStages = true;
  }

  /// From now on commits happen, and the connection is cut in the place of an answer.
  void loseCommits() {
    losesCommits = true;
  }

  /// From now on what is answered is that a commit's table is there already, after it happened.
  void repeatCommits() {
    repeatsCommits = true;
  }

  /// From now on who asks has to show a token that was given out after this.
  void endTokens() {
    endTokensBefore(tokens.get() + 1);
  }

  /// From now on who asks has to show the token `t<number>` or a later one.
  void endTokensBefore(int number) {
    wantsTokens = true;
    oldestToken = number;
  }

  /// How many tokens were given out.
  int tokens() {
    return tokens.get();
  }

  /// From now on nobody is there.
  void stop() {
    LifeCycle.stop(server);
  }

  @Override
  public void close() {
    stop();
    behind.close();
  }

  private RESTCatalogServlet servlet(RESTCatalogAdapter adapter) {
    return new RESTCatalogServlet(adapter) {
      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response)
          throws IOException, ServletException {
        String authorization = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        authorizations.add(authorization);
        if (refuses) {
          error(response, 403, "ForbiddenException");
        } else if (request.getRequestURI().equals(TOKENS)) {
          token(response);
        } else if (wantsTokens && !isGood(authorization)) {
          error(response, 401, "NotAuthorizedException");
        } else if (refusesStages && request.getMethod().equals("POST")) {
          var read = new ReadRequest(request);
          if (read.text().contains("\"stage-create\":true")) {
            error(response, 400, "BadRequestException");
          } else {
            super.service(read, response);
          }
        } else if (losesCommits && isCommit(request)) {
          super.service(request, new Unheard(response));
          response.sendError(-1);
        } else if (repeatsCommits && isCommit(request)) {
          super.service(request, new Unheard(response));
          error(response, 409, "AlreadyExistsException");
        } else {
          super.service(request, response);
        }
      }
    };
  }

  private static boolean isCommit(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().matches(".*/tables/[^/]+");
  }

  private boolean isGood(String authorization) {
    return authorization.matches("Bearer t[0-9]+")
        && Integer.parseInt(authorization.substring("Bearer t".length())) >= oldestToken;
  }

  private void token(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            "{\"access_token\":\"t%d\",\"token_type\":\"bearer\"}"
                .formatted(tokens.incrementAndGet()));
  }

  private static void error(HttpServletResponse response, int status, String type)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            "{\"error\":{\"message\":\"no\",\"type\":\"%s\",\"code\":%d}}".formatted(type, status));
  }

  /// A request whose body was looked at.
  private static final class ReadRequest extends HttpServletRequestWrapper {
    private final byte[] body;

    ReadRequest(HttpServletRequest request) throws IOException {
      super(request);
      this.body = request.getInputStream().readAllBytes();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new StringReader(text()));
    }

    @Override
    public ServletInputStream getInputStream() {
      var bytes = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return bytes.read();
        }

        @Override
        public boolean isFinished() {
          return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException("nobody reads it so");
        }
      };
    }
  }

  /// An answer that goes nowhere.
  private static final class Unheard extends HttpServletResponseWrapper {
    Unheard(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() {
      return new PrintWriter(Writer.nullWriter());
    }
  }
}
