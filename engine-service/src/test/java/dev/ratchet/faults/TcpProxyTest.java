package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.faults.TcpProxy.Weather;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void givenSomebodyWhoSaysWhatIsSaidToThem() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(echo.getLocalPort());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> answer(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException reset) {
            // that is what some of these tests are for
        }
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void shouldPassBothWaysInFairAndInSlowWeather() throws IOException {
        try (Socket socket = connect()) {
            assertThat(say(socket, 7)).isEqualTo(7);
            proxy.become(Weather.SLOW);
            assertThat(say(socket, 8)).isEqualTo(8);
        }
    }

    @Test
    void shouldResetWhatThereIsAndWhatComesWhenCut() throws IOException {
        try (Socket before = connect()) {
            assertThat(say(before, 7)).isEqualTo(7);
            proxy.become(Weather.CUT);

            assertThatThrownBy(() -> ends(before, 8)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> ends(connect(), 8)).isInstanceOf(IOException.class);
        proxy.become(Weather.FAIR);
        try (Socket after = connect()) {
            assertThat(say(after, 9)).isEqualTo(9);
        }
    }

    @Test
    void shouldHoldConnectionsThatStandAndResetThemWhenItIsOver() throws IOException {
        try (Socket socket = connect()) {
            assertThat(say(socket, 7)).isEqualTo(7);
            proxy.become(Weather.SILENT);
            socket.setSoTimeout(200);

            assertThatThrownBy(() -> say(socket, 8)).isInstanceOf(SocketTimeoutException.class);
            proxy.become(Weather.FAIR);
            socket.setSoTimeout(10_000);
            assertThatThrownBy(() -> ends(socket, 9))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private Socket connect() throws IOException {
        String address = proxy.address();
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int say(Socket socket, int word) throws IOException {
        socket.getOutputStream().write(word);
        InputStream in = socket.getInputStream();
        return in.read();
    }

    /** A connection that is over says so by an exception or by its end, whichever comes first. */
    private static void ends(Socket socket, int word) throws IOException {
        if (say(socket, word) < 0) {
            throw new IOException("Expected an answer, but the connection ended");
        }
    }
}
