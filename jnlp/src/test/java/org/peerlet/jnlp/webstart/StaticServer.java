package org.peerlet.jnlp.webstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves a folder on loopback as any static server does, and counts what was asked. */
final class StaticServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Path folder;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * One answer.
   *
   * @param bytes of the body; 0 for HEAD
   */
  record Request(String method, String path, int status, long bytes) {}

  private StaticServer(Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static StaticServer open(Path folder) throws IOException {
    return new StaticServer(folder);
  }

  /** With a slash at the end. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  void forget() {
    requests.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Path file = folder.resolve(path.substring(1)).normalize();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    try (exchange) {
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        requests.add(new Request(exchange.getRequestMethod(), path, 404, 0));
        return;
      }
      long size = Files.size(file);
      String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
      Matcher matcher = RANGE.matcher(range);
      boolean part = matcher.matches();
      long first = part ? Long.parseLong(matcher.group(1)) : 0;
      long end = part && !matcher.group(2).isEmpty() ? Long.parseLong(matcher.group(2)) + 1 : size;
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", contentType(path));
      headers.set("Accept-Ranges", "bytes");
      headers.set(
          "Last-Modified",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Files.getLastModifiedTime(file).toInstant().atOffset(ZoneOffset.UTC)));
      if (part) {
        headers.set("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + size);
      }
      int status = part ? 206 : 200;
      requests.add(new Request(exchange.getRequestMethod(), path, status, head ? 0 : end - first));
      if (head) {
        headers.set("Content-Length", Long.toString(size));
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, end - first);
        send(file, first, end, exchange);
      }
    }
  }

  private static void send(Path file, long first, long end, HttpExchange exchange)
      throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(first);
      byte[] content = new byte[Math.toIntExact(end - first)];
      in.readFully(content);
      exchange.getResponseBody().write(content);
    }
  }

  private static String contentType(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return switch (ending) {
      case "jnlp" -> "application/x-java-jnlp-file";
      case "jar" -> "application/java-archive";
      case "json" -> "application/json";
      case "mp4" -> "video/mp4";
      default -> "application/octet-stream";
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
