package io.planwarden.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The server's own decoder, but for what only somebody sends who means harm:
 *
 * <ul>
 *   <li>A request with both a Content-Length and a Transfer-Encoding. The server drops the length,
 *       where a proxy in front may have gone by it, and what the proxy took for a body would be the
 *       next request.
 *   <li>A second Content-Length, also one that says the same. In HTTP/1.0 the server takes the
 *       first and drops the others, of which a proxy may have gone by any.
 *   <li>More than {@value #MOST_HEADERS} headers. In the room that they may take there is some for
 *       tens of thousands of empty ones, each of which holds a hundred times what was sent.
 *   <li>A header folded over several lines, which RFC 9112 has a server refuse. Each line copies
 *       the ones before.
 *   <li>Headers behind a body, which nothing here reads.
 * </ul>
 *
 * All of this comes before anything is known of the caller.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
  static final int MOST_HEADERS = 100;

  private int headers;
  private boolean hasLength;
  private boolean inHead;
  private boolean inBody;
  private boolean refused;

  StrictDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!refused && !inBody && isFolded(in)) {
      refused = true;
      HttpMessage request = createInvalidMessage();
      request.setDecoderResult(failure("a header on several lines"));
      out.add(request);
    }
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int before = out.size();
    super.decode(ctx, in, out);
    for (Object each : out.subList(before, out.size())) {
      if (each instanceof HttpRequest) {
        inHead = false;
        inBody = true;
      }
      if (each instanceof LastHttpContent) {
        inBody = false;
      }
    }
  }

  /**
   * Whether a line of the head that has come begins with a blank; lines are consumed as a whole.
   */
  private boolean isFolded(ByteBuf in) {
    int line = inHead ? in.readerIndex() : startOfHead(in);
    if (inHead && line < in.writerIndex() && isBlank(in.getByte(line))) {
      return true;
    }
    while (line < in.writerIndex() && !isEmptyLine(in, line)) {
      int end = in.indexOf(line, in.writerIndex(), HttpConstants.LF);
      if (end < 0) {
        return false;
      }
      line = end + 1;
      if (line < in.writerIndex() && isBlank(in.getByte(line))) {
        return true;
      }
    }
    return false;
  }

  /** Behind what the server passes over. */
  private static int startOfHead(ByteBuf in) {
    int start = in.readerIndex();
    while (start < in.writerIndex() && in.getUnsignedByte(start) <= HttpConstants.SP) {
      start++;
    }
    return start;
  }

  private static boolean isEmptyLine(ByteBuf in, int line) {
    return in.getByte(line) == HttpConstants.LF
        || (in.getByte(line) == HttpConstants.CR
            && line + 1 < in.writerIndex()
            && in.getByte(line + 1) == HttpConstants.LF);
  }

  private static boolean isBlank(byte character) {
    return character == HttpConstants.SP || character == HttpConstants.HT;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    headers = 0;
    hasLength = false;
    inHead = true;
    return super.createMessage(initialLine);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (inBody) {
      throw new IllegalArgumentException("headers behind the body");
    }
    headers++;
    if (headers > MOST_HEADERS) {
      throw new TooLongHttpHeaderException("more than " + MOST_HEADERS + " headers");
    }
    AsciiString name = super.splitHeaderName(line, start, length);
    if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
      if (hasLength) {
        throw new IllegalArgumentException("more than one Content-Length");
      }
      hasLength = true;
    }
    return name;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
    request.setDecoderResult(failure("both Content-Length and Transfer-Encoding"));
  }

  private static DecoderResult failure(String reason) {
    return DecoderResult.failure(new IllegalArgumentException(reason));
  }
}
