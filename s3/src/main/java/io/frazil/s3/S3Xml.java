package io.frazil.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The little XML that S3 speaks: an element of fields, and repeated elements of fields in it.
final class S3Xml {
  private static final XMLInputFactory FACTORY = factory();

  private S3Xml() {}

  /// An answer taken apart.
  ///
  /// @param root its outermost element's name
  /// @param fields text by element, of those right under the root
  /// @param items fields by element, of each element one deeper that has some, in order; what an
  ///   item's own elements contain is not looked at
  record Document(String root, Map<String, String> fields, List<Item> items) {}

  /// A repeated element.
  record Item(String name, Map<String, String> fields) {}

  static Document parse(byte[] xml) throws IOException {
    try {
      return read(FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml)));
    } catch (XMLStreamException e) {
      throw new IOException("the answer is not the XML it should be", e);
    }
  }

  /// The fields of an error; none where it is no XML, as proxies and HEAD answer.
  static Map<String, String> error(byte[] body) {
    if (body.length == 0 || body[0] != '<') {
      return Map.of();
    }
    try {
      Document document = parse(body);
      return document.root().equals("Error") ? document.fields() : Map.of();
    } catch (IOException _) {
      return Map.of();
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static byte[] bytes(CharSequence xml) {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Document read(XMLStreamReader reader) throws XMLStreamException {
    Deque<String> path = new ArrayDeque<>();
    String root = "";
    var fields = new HashMap<String, String>();
    var items = new ArrayList<Item>();
    var item = new HashMap<String, String>();
    var text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          path.addLast(reader.getLocalName());
          text.setLength(0);
          root = path.getFirst();
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = path.removeLast();
          if (path.size() == 2) {
            item.put(name, text.toString());
          } else if (path.size() == 1 && item.isEmpty()) {
            fields.put(name, text.toString());
          } else if (path.size() == 1) {
            items.add(new Item(name, Map.copyOf(item)));
            item.clear();
          }
          text.setLength(0);
        }
        default -> {
          // Comments and the like say nothing.
        }
      }
    }
    return new Document(root, Map.copyOf(fields), List.copyOf(items));
  }

  // Without document types there is nothing to expand and nowhere else to look.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }
}
