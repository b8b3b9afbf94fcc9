package app.turnout.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final int MANY = 2_000;

  /// A sixth of all ports each: by chance alone they would share hundreds.
  @Test
  void noPortIsGivenToTwoProcesses() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PortsTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Set<Integer> others = new HashSet<>();
      BufferedReader said = other.inputReader();
      for (int i = 0; i < MANY; i++) {
        others.add(Integer.parseInt(said.readLine()));
      }
      Set<Integer> own = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        own.add(Ports.free());
      }

      assertThat(others).hasSize(MANY).doesNotContainAnyElementsOf(own);
      assertThat(own).hasSize(MANY);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /// The other process: takes ports, tells them, and lives until its input ends.
  public static void main(String[] arguments) throws IOException {
    for (int i = 0; i < MANY; i++) {
      System.out.println(Ports.free());
    }
    while (System.in.read() >= 0) {
      // Nobody says anything.
    }
  }
}
