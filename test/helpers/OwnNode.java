// Starts one OpenSearch with settings that its runner would otherwise choose: base folder, HTTP port, then name=value pairs;
// a value with commas is a list.
import org.codelibs.opensearch.runner.OpenSearchRunner;

public class OwnNode {
  public static void main(final String[] args) throws Exception {
    final OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild((number, settings) -> {
      settings.put("http.port", args[1]);
      for (int at = 2; at < args.length; at++) {
        final String[] pair = args[at].split("=", 2);
        if (pair[1].contains(",")) settings.putList(pair[0], pair[1].split(","));
        else settings.put(pair[0], pair[1]);
      }
    });
    runner.build(OpenSearchRunner.newConfigs().basePath(args[0]).numOfNode(1).clusterName("own-node"));
    Thread.currentThread().join();
  }
}
