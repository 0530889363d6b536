package dev.ratchet.service.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
    @TempDir
    Path folder;

    private Clone clone;

    @BeforeEach
    void givenACloneAndAJdk() throws Exception {
        clone = new Clone(folder);
        clone.set("JAVA_HOME", clone.jdk("jdk-25", 25).toString());
    }

    @Test
    void shouldBuildOnceAndStartTheProgramWithTheUsersArguments() throws Exception {
        Clone.Result first = clone.run("get", "run 1", "-o", "json");
        Clone.Result second = clone.run("get", "run 1", "-o", "json");

        assertThat(first.status()).isZero();
        assertThat(first.err()).isEqualTo("Building Ratchet ...\n");
        assertThat(first.out()).startsWith("java 25: ").endsWith("dev.ratchet.service.cli.Main get run 1 -o json\n");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(clone.mavenCalls()).hasSize(1).first().asString().contains("-Dquick", "package");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        clone.run("doctor");
        clone.touch("engine-service/src/main/Some.java", Instant.now().plusSeconds(5));

        assertThat(clone.run("doctor").err()).isEqualTo("Building Ratchet ...\n");
        assertThat(clone.mavenCalls()).hasSize(2);
    }

    @Test
    void shouldKeepTheFilesOfARunningEngineWhenItBuildsAgain() throws Exception {
        clone.run("doctor");
        Path app = clone.root()
                .resolve(".ratchet")
                .resolve(
                        Files.readString(clone.root().resolve(".ratchet/built")).strip());
        Files.createFile(app.resolve("used-by-" + ProcessHandle.current().pid()));
        clone.touch("engine-service/src/main/Some.java", Instant.now().plusSeconds(5));
        clone.run("doctor");

        assertThat(app.resolve("a.jar")).exists();
    }

    @Test
    void shouldKeepWhatAnEngineWritesToItsUser() throws Exception {
        clone.set("JAVA_WRITES", folder.resolve("made").toString());

        clone.run("up");

        assertThat(Files.getPosixFilePermissions(folder.resolve("made")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldWorkThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("clone/ratchet"));

        assertThat(clone.run(link, "doctor").status()).isZero();
    }

    @Test
    void shouldEndWithTheStatusOfTheProgram() throws Exception {
        clone.set("JAVA_STATUS", "3");

        assertThat(clone.run("watch", "it").status()).isEqualTo(3);
    }

    @Test
    void shouldPassOverAJdkThatIsTooOld() throws Exception {
        clone.set("JAVA_HOME", clone.jdk("jdk-17", 17).toString());
        clone.set("PATH", clone.jdk("jdk-21", 21).resolve("bin") + ":/usr/bin:/bin");

        assertThat(clone.run("doctor").out()).startsWith("java 21: ").doesNotContain("sun-misc-unsafe");
    }

    @Test
    void shouldRefuseANamedJdkThatIsTooOld() throws Exception {
        clone.set("RATCHET_JAVA", clone.jdk("jdk-17", 17).resolve("bin/java").toString());

        Clone.Result refused = clone.run("doctor");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Expected RATCHET_JAVA to name a JDK 21 or newer", "is version 17.");
        assertThat(clone.mavenCalls()).isEmpty();
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception {
        clone.set("RATCHET_MVN", "no-such-maven");

        Clone.Result refused = clone.run("doctor");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Expected Maven to build Ratchet, but there is no 'no-such-maven'");
    }

    @Test
    void shouldShowWhyABuildFailedAndTryAgainNextTime() throws Exception {
        clone.set("RATCHET_MVN", clone.maven("[ERROR] a semicolon", 1).toString());
        Clone.Result failed = clone.run("doctor");
        clone.set("RATCHET_MVN", clone.maven("", 0).toString());

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("[ERROR] a semicolon", "Expected the build to pass, but it failed");
        assertThat(failed.out()).isEmpty();
        assertThat(clone.run("doctor").status()).isZero();
    }

    @Test
    void shouldGoOnAfterABuilderThatDied() throws Exception {
        Path lock = Files.createDirectories(clone.root().resolve(".ratchet/build.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");

        assertThat(clone.run("doctor").status()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldTestWithTheRulesOnTheTemporalItFound() throws Exception {
        Clone.Result tested = clone.run("test", "-Dtest=One");

        assertThat(tested.status()).isZero();
        assertThat(tested.out())
                .contains(
                        "ratchet test: skipped a.OneTest: needs a snake\n",
                        "ratchet test: skipped a.TwoTest: needs another\n")
                .endsWith("ratchet test: passed (7 tests, 2 failed, 2 skipped)\n");
        assertThat(clone.mavenCalls().get(1))
                .startsWith("TEMPORAL_CLI=/the/temporal ")
                .endsWith("verify -Dsurefire.failIfNoSpecifiedTests=false -Dtest=One");
        assertThat(clone.mavenCalls().get(1)).doesNotContain("quick");
    }

    @Test
    void shouldPlayACampaignOnTheTemporalItFoundAndSayWhatItGave() throws Exception {
        clone.set("MAVEN_WRITES", "found nothing");

        Clone.Result played = clone.run("chaos", "60", "--seed", "7");

        assertThat(played.status()).isZero();
        assertThat(played.out()).isEqualTo("found nothing\n\nratchet chaos: passed (seed 7)\n");
        assertThat(clone.mavenCalls().get(1))
                .startsWith("TEMPORAL_CLI=/the/temporal ")
                .contains(" test -Dtest=ChaosTest ", " -Dchaos.minutes=60 -Dchaos.seed=7 ");
    }

    @Test
    void shouldFailWhenACampaignBreaksAPromise() throws Exception {
        clone.run("doctor");
        clone.set("MAVEN_WRITES", "I3 run-1: twice");
        clone.set("RATCHET_MVN", clone.maven("", 1).toString());

        Clone.Result played = clone.run("chaos", "1", "--seed=8");

        assertThat(played.status()).isEqualTo(1);
        assertThat(played.out()).isEqualTo("I3 run-1: twice\n");
        assertThat(played.err()).contains("ratchet chaos: FAILED (seed 8;");
    }

    @ParameterizedTest
    @CsvSource({"'', number of minutes", "soon, number of minutes", "'5 --seed', after --seed", "'5 --seed x', the seed"
    })
    void shouldRefuseACampaignWithoutATimeOrWithNoSuchSeed(String arguments, String expected) throws Exception {
        Clone.Result refused = clone.run(("chaos " + arguments).strip().split(" "));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("Expected", expected);
        assertThat(clone.mavenCalls()).isEmpty();
    }

    @Test
    void shouldSayWhatACampaignIsWithoutPlayingOne() throws Exception {
        assertThat(clone.run("chaos", "--help").out()).endsWith("dev.ratchet.service.cli.Main chaos --help\n");
        assertThat(clone.mavenCalls()).hasSize(1);
    }

    @Test
    void shouldFailWhenTheTestsFail() throws Exception {
        clone.run("doctor");
        clone.set("RATCHET_MVN", clone.maven("", 1).toString());

        Clone.Result tested = clone.run("test");

        assertThat(tested.status()).isEqualTo(1);
        assertThat(tested.err()).contains("ratchet test: FAILED");
    }

    @Test
    void shouldNotTestWithoutARealServerOnABuildServer() throws Exception {
        clone.set("CI", "true");
        clone.set("JAVA_STATUS", "1");

        Clone.Result tested = clone.run("test");

        assertThat(tested.status()).isEqualTo(1);
        assertThat(tested.err()).contains("Expected a Temporal CLI to test against");
        assertThat(clone.mavenCalls()).hasSize(1);
    }
}
