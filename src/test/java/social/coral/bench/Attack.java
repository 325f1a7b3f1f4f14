package social.coral.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one tenant does to everybody else: so many connections, each of which sends a request, takes the answer and sends the
 * next, or hangs up after a moment and comes again.
 *
 * @param stays how long a connection waits for its answer before it hangs up; 0 for ever
 */
record Attack(String name, int connections, int stays, Supplier<byte[]> requests) {

    static Attack of(String name, int connections, Supplier<byte[]> requests) {
        return new Attack(name, connections, 0, requests);
    }

    Attack hangingUpAfter(int millis) {
        return new Attack(name + ", hanging up after " + millis + " ms", connections, millis, requests);
    }

    /** Begins it; closing what is returned ends it. */
    Running on(int port) {
        Running running = new Running();
        for (int i = 0; i < connections; i++) {
            running.threads.add(Thread.ofPlatform().daemon().start(() -> {
                while (running.goesOn) {
                    once(port, running);
                }
            }));
        }
        return running;
    }

    private void once(int port, Running running) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(stays == 0 ? 1_000 : stays);
            socket.getOutputStream().write(requests.get());
            byte[] buffer = new byte[64 << 10];
            while (running.goesOn) {
                try {
                    int read = socket.getInputStream().read(buffer);
                    if (read < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException e) {
                    if (stays > 0) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // The server may well refuse it.
        }
    }

    static final class Running implements AutoCloseable {

        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean goesOn = true;

        @Override
        public void close() throws InterruptedException {
            goesOn = false;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
