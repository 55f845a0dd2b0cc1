package org.peerlet.bootstrap;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class. It, {@link Texts} and {@link Notice} are compiled for Java 8, so that an old Java
 * says what is wrong instead of naming a class file version.
 */
public final class Bootstrap {
  /** What JavaFX 21 needs. */
  static final int OLDEST_JAVA = 17;

  /** The newest that was tried; 25 no longer has what launchers are built on. */
  static final int NEWEST_JAVA = 21;

  private Bootstrap() {}

  /** Ends the process with the player's exit code. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    String version = System.getProperty("java.specification.version", "");
    String wrong = wrongJava(version);
    if (!wrong.isEmpty()) {
      Notice.show(Texts.ofThisUser().text(wrong, version, OLDEST_JAVA, NEWEST_JAVA));
      System.exit(1);
    }
    try {
      // By name: for this class, what comes now is of a Java that does not exist yet.
      Class.forName("org.peerlet.bootstrap.Launch")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException("the bootstrap failed", failed.getCause());
    }
  }

  /** The key of what is wrong with a Java of this specification version; empty if nothing is. */
  static String wrongJava(String version) {
    int feature;
    try {
      feature = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    } catch (NumberFormatException unknown) {
      return "java.old";
    }
    return feature < OLDEST_JAVA ? "java.old" : feature > NEWEST_JAVA ? "java.new" : "";
  }
}
