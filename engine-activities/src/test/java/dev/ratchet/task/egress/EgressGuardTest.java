package dev.ratchet.task.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
    private final EgressGuard guard = guard(EgressPolicy.strict());

    @ParameterizedTest
    @CsvSource({"::1, [::1]:80", "127.0.0.1, 127.0.0.1:80"})
    void shouldSpellWhatConfigurationCanAllowAsThePolicyTakesIt(String host, String entry) throws Exception {
        EgressDenied denied = catchThrowableOfType(EgressDenied.class, () -> guard.resolve(host, 80));
        assertThat(denied).hasMessageContaining("'" + entry + "'");
        assertThat(guard(EgressPolicy.of(entry, "")).resolve(host, 80)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.255.255.254",
                "http://127.1/",
                "http://2130706433/",
                "http://0/",
                "http://0.0.0.0/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.0.0.1.",
                "http://127.0.1",
                "http://127.0.0.01",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://1.2.3.999/",
                "http://[::]/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]",
                "http://[::ffff:7f00:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[::7f00:1]/",
                "http://[::ffff:0:127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b::10.0.0.1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:808:808::1]/",
                "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
                "http://[fd00:ec2::254]/",
                "http://[fc00::1]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[2001:db8::1]/",
                "http://[3fff::1]/",
                "http://[100::1]/",
                "http://[4000::1]/",
                "http://[2600::5efe:7f00:1]/",
                "http://[2600::200:5efe:7f00:1]/",
                "http://[::1",
                "http://[1::2::3]/",
                "http://[12345::1]/",
                "http://[::1]x/",
                "http://[v1.x]/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.100.100.200/",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://168.63.129.16/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://192.0.0.8/",
                "http://192.0.2.1/",
                "http://198.18.0.1/",
                "http://198.19.255.255/",
                "http://198.51.100.7/",
                "http://203.0.113.9/",
                "http://224.0.0.1/",
                "http://239.1.1.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://good@127.0.0.1/",
                "http://example.com@127.0.0.1/",
                "http://user:pw@example.com/",
                "http://example.com:80@127.0.0.1/",
                "http://localhost./",
                "http://example.com./",
                "http://.example.com/",
                "http://a..b/",
                "http:///path",
                "http://",
                "http://:80/",
                "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/",
                "http://127\u30020.0.1/",
                "http://127\uff0e0\uff0e0\uff0e1/",
                "http://\u2460\u2461\u2466.0.0.1/",
                "http://ex\u00adample.com/",
                "http://\uff4cocalhost/",
                "http://exam ple.com/",
                "http://example.com\\@127.0.0.1/",
                "http://exa\tmple.com/",
                "http://example.com\r\n/",
                "http://example.com\u0000/",
                "http://exa%6dple.com/",
                "http://127.0.0.1%00.example.com/",
                "gopher://example.com/",
                "file:///etc/passwd",
                "ftp://example.com/",
                "jar:http://example.com!/",
                "//example.com",
                "example.com",
                "http:example.com",
                "javascript://example.com",
                "unix:///run/x.sock",
                "data:text/plain,x",
                "",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:/",
                "http://example.com:+80/",
                "http://example.com:8o/",
                "http://example.com:80:80/"
            })
    void shouldRefuseBeforeAnyNameIsResolved(String url) {
        EgressGuard offline = new EgressGuard(EgressPolicy.strict(), host -> {
            throw new AssertionError("resolved " + host);
        });
        EgressDenied denied = catchThrowableOfType(EgressDenied.class, () -> offline.check(url));
        assertThat(denied).as(url).isNotNull();
        assertThat(denied.reason())
                .startsWith("Expected ")
                .contains(", but ")
                .doesNotContain("pw", "passwd", "meta-data");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {22, 23, 25, 53, 110, 143, 445, 587, 2375, 2379, 3306, 5432, 5672, 6379, 7233, 9042, 11211, 27017})
    void shouldRefusePortsOfServicesThatObeyWhoeverConnects(int port) {
        assertThatThrownBy(() -> guard.check("http://example.com:" + port))
                .isInstanceOf(EgressDenied.class)
                .hasMessage("Expected a port that may be called, but " + port + " is closed to tasks");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com,http://example.com:80,/",
        "HTTPS://Example.COM/A?b=c#d,https://example.com:443,/A?b=c",
        "http://example.com:8080?x=1,http://example.com:8080,/?x=1",
        "http://8.8.8.8/,http://8.8.8.8:80,/",
        "http://[2606:4700::1111]:8443/x,http://[2606:4700::1111]:8443,/x",
        "http://[2606:4700:0:0:0:0:0:1111]/,http://[2606:4700::1111]:80,/",
        "http://b\u00fccher.example/caf\u00e9 1?q=\u00fc%20,http://xn--bcher-kva.example:80,/caf%C3%A9%201?q=%C3%BC%20",
        "http://my_service.example/100%,http://my_service.example:80,/100%25",
        "http://[::ffff:8.8.8.8]/,http://[::ffff:808:808]:80,/",
        "http://[64:ff9b::808:808]/,http://[64:ff9b::808:808]:80,/"
    })
    void shouldReadAPublicUrlOnce(String url, String origin, String requestUri) throws EgressDenied {
        Target target = guard.check(url);
        assertThat(target.origin()).isEqualTo(origin);
        assertThat(target.requestUri()).isEqualTo(requestUri);
    }

    @ParameterizedTest
    @CsvSource({
        "/x,http://a.example:80,/x",
        "y?q,http://a.example:80,/p/y?q",
        "?z,http://a.example:80,/p/q?z",
        "//b.example/x,http://b.example:80,/x",
        "https://b.example/x,https://b.example:443,/x",
        "'',http://a.example:80,/p/q?r"
    })
    void shouldResolveRedirects(String location, String origin, String requestUri) throws EgressDenied {
        Target target = Target.parse("http://a.example/p/q?r").redirected(location);
        assertThat(target.origin()).isEqualTo(origin);
        assertThat(target.requestUri()).isEqualTo(requestUri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "gopher://b.example", "javascript:alert(1)", "//u@b.example", "mailto:a@b"
            })
    void shouldRefuseRedirectsToElsewhere(String location) {
        assertThatThrownBy(() -> Target.parse("http://a.example/").redirected(location))
                .isInstanceOf(EgressDenied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loopback.test", "private.test", "metadata.test", "mapped.test", "mixed.test", "v6.test"})
    void shouldRefuseNamesThatLeadInside(String host) {
        assertThatThrownBy(() -> guard.resolve(host, 80))
                .isInstanceOf(EgressDenied.class)
                .hasMessageStartingWith("Expected a host with a public address, but '" + host + "' has a")
                .hasMessageNotContaining("10.0.0");
    }

    @Test
    void shouldHandOutTheAddressesItChecked() throws Exception {
        assertThat(guard.resolve("public.test", 80)).containsExactly(address("8.8.8.8"));
        assertThat(guard.resolve("2606:4700::1111", 80)).hasSize(1);
        assertThatThrownBy(() -> guard.resolve("nobody.test", 80)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void shouldLetThroughWhatConfigurationAllowsAndNothingBeside() throws Exception {
        EgressGuard open = guard(EgressPolicy.of(" 127.0.0.1:9000, private.test:5432,[::1]:80 ", ""));
        assertThat(open.check("http://127.0.0.1:9000/").port()).isEqualTo(9000);
        assertThat(open.check("http://private.test:5432/").port()).isEqualTo(5432);
        assertThat(open.check("http://[0::1]/").host()).isEqualTo("::1");
        assertThat(open.resolve("private.test", 5432)).hasSize(1);
        for (String url : new String[] {"http://127.0.0.1:9001/", "http://127.0.0.2:9000/", "http://127.1:9000/"}) {
            assertThatThrownBy(() -> open.check(url)).isInstanceOf(EgressDenied.class);
        }
        assertThatThrownBy(() -> open.resolve("private.test", 80)).isInstanceOf(EgressDenied.class);
        assertThatThrownBy(() -> open.resolve("loopback.test", 9000)).isInstanceOf(EgressDenied.class);
    }

    @Test
    void shouldRefuseWhatConfigurationDenies() throws Exception {
        EgressGuard closed = guard(EgressPolicy.of("a.internal.example:80", "*.internal.example, public.test"));
        assertThatThrownBy(() -> closed.check("http://a.internal.example/"))
                .hasMessage("Expected a host that may be called, but configuration denies 'a.internal.example'");
        assertThatThrownBy(() -> closed.resolve("public.test", 80)).isInstanceOf(EgressDenied.class);
        assertThat(closed.check("http://internal.example/").host()).isEqualTo("internal.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "http://localhost:80", "a b:80", "localhost:x"})
    void shouldRefuseAnAllowListItDoesNotUnderstand(String allow) {
        assertThatThrownBy(() -> EgressPolicy.of(allow, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected allowed calls as host:port");
    }

    private static EgressGuard guard(EgressPolicy policy) {
        Map<String, InetAddress[]> names = Map.of(
                "loopback.test", addresses("127.0.0.1"),
                "private.test", addresses("10.0.0.5"),
                "metadata.test", addresses("169.254.169.254"),
                "mapped.test", addresses("64:ff9b::a00:5"),
                "mixed.test", addresses("8.8.8.8", "10.0.0.5"),
                "v6.test", addresses("fd00:ec2::254"),
                "public.test", addresses("8.8.8.8"));
        return new EgressGuard(policy, host -> {
            InetAddress[] found = names.get(host);
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found;
        });
    }

    private static InetAddress[] addresses(String... texts) {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = address(texts[i]);
        }
        return addresses;
    }

    private static InetAddress address(String text) {
        try {
            byte[] bytes = text.indexOf(':') >= 0 ? IpText.v6(text) : IpText.v4(text);
            return InetAddress.getByAddress(java.util.Objects.requireNonNull(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
