import io.frazil.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// The program of a worker in a process of its own: messages in on standard input, answers out on
/// standard output, each after its length. Run from its source, so that the class path is the
/// worker function's alone.
class WorkerLoop {
  void main() throws IOException {
    var handler = new WorkerHandler();
    var in = new DataInputStream(System.in);
    var out = new DataOutputStream(System.out);
    while (true) {
      byte[] request;
      try {
        request = in.readNBytes(in.readInt());
      } catch (EOFException e) {
        return;
      }
      var answer = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(request), answer, null);
      out.writeInt(answer.size());
      answer.writeTo(out);
      out.flush();
    }
  }
}
