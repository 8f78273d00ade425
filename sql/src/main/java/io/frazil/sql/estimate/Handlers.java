package io.frazil.sql.estimate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.CyclicMetadataException;
import org.apache.calcite.rel.metadata.DelegatingMetadataRel;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.NullSentinel;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/// Finds the method that answers a question about a node of some class, and remembers its answers
/// in the query: what Calcite otherwise compiles Java source for while planning, which costs a
/// second in a fresh JVM.
final class Handlers implements MetadataHandlerProvider {
  private final RelMetadataProvider sources;
  private final Map<Class<?>, MetadataHandler<?>> handlers = new ConcurrentHashMap<>();

  Handlers(RelMetadataProvider sources) {
    this.sources = sources;
  }

  @Override
  public <H extends MetadataHandler<?>> H handler(Class<H> type) {
    MetadataHandler<?> handler = handlers.get(type);
    if (handler == null) {
      var dispatch = new Dispatch(List.copyOf(sources.handlers(type)));
      handler =
          type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, dispatch));
      handlers.put(type, handler);
    }
    return type.cast(handler);
  }

  /// A method and whose it is.
  private record Target(MetadataHandler<?> handler, Method method) {
    Class<?> node() {
      return method.getParameterTypes()[0];
    }
  }

  /// @param method of the handler interface
  private record Question(Method method, Class<?> node) {}

  private static final class Dispatch implements InvocationHandler {
    private final List<? extends MetadataHandler<?>> handlers;
    private final Map<Question, Target> targets = new ConcurrentHashMap<>();

    Dispatch(List<? extends MetadataHandler<?>> handlers) {
      this.handlers = handlers;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws ReflectiveOperationException {
      if (arguments == null || arguments.length < 2) {
        return method.invoke(handlers.getFirst(), arguments);
      }
      RelNode node = (RelNode) arguments[0];
      while (node instanceof DelegatingMetadataRel delegating) {
        node = delegating.getMetadataDelegateRel();
      }
      var query = (RelMetadataQuery) arguments[1];
      Object[] key = arguments.clone();
      key[0] = method;
      key[1] = method;
      List<Object> question = Arrays.asList(key);
      Object known = query.map.get(node, question);
      if (known == NullSentinel.ACTIVE) {
        throw new CyclicMetadataException();
      }
      return known == null ? ask(method, node, query, question, arguments) : unmask(known);
    }

    private @Nullable Object ask(
        Method method,
        RelNode node,
        RelMetadataQuery query,
        List<Object> question,
        Object[] arguments)
        throws ReflectiveOperationException {
      Target target = targets.computeIfAbsent(new Question(method, node.getClass()), this::find);
      query.map.put(node, question, NullSentinel.ACTIVE);
      boolean answered = false;
      try {
        Object[] own = arguments.clone();
        own[0] = node;
        Object answer = target.method().invoke(target.handler(), own);
        query.map.put(node, question, NullSentinel.mask(answer));
        answered = true;
        return answer;
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      } finally {
        if (!answered) {
          query.map.row(node).clear();
        }
      }
    }

    private static @Nullable Object unmask(Object value) {
      return value == NullSentinel.INSTANCE ? null : value;
    }

    /// The method for the most specific class that the node is of; of several handlers' the first.
    private Target find(Question question) {
      Target best = null;
      for (MetadataHandler<?> handler : handlers) {
        for (Method method : handler.getClass().getMethods()) {
          if (!answers(method, question)) {
            continue;
          }
          var target = new Target(handler, method);
          boolean closer =
              best == null
                  || (best.node() != target.node() && best.node().isAssignableFrom(target.node()));
          best = closer ? target : best;
        }
      }
      if (best == null) {
        throw new IllegalArgumentException(
            "no answer to " + question.method().getName() + " of " + question.node().getName());
      }
      return best;
    }

    private static boolean answers(Method method, Question question) {
      Class<?>[] parameters = method.getParameterTypes();
      return method.getName().equals(question.method().getName())
          && parameters.length == question.method().getParameterCount()
          && !method.isBridge()
          && parameters[0].isAssignableFrom(question.node());
    }
  }
}
