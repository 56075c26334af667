using System.Text.Json;
using System.Threading.Channels;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IotAttest.Service.Devices;

/// <summary>Enrols JSON Lines: one reply line for each line, in order, while the request is still coming in.</summary>
/// <remarks>Many clients read nothing before they have sent everything. So replies are queued, never waited for, or both
/// sides would wait for each other; the size of the request bounds the queue.</remarks>
internal sealed class EnrolmentBatch(Enrolment enrolment) : IResult
{
    public const string MediaType = "application/x-ndjson";
    public const string OtherMediaType = "application/jsonl";

    private const long MaxBodyBytes = 128L * 1024 * 1024;
    private const int LinesPerChange = 256;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        Relax(httpContext);
        httpContext.Response.ContentType = MediaType;
        Channel<byte[]> replies = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task sending = SendAsync(httpContext.Response, replies.Reader, httpContext.RequestAborted);
        try
        {
            await EnrolAllAsync(httpContext, replies.Writer);
        }
        catch (Exception cause) when (cause is BadHttpRequestException or StoreException)
        {
            // The answer may have begun: what went wrong is its last line, and the lines without a reply are not enrolled.
            replies.Writer.TryWrite(ToLine(0, Enrolment.Refused(null, ProblemHandling.Of(cause))));
        }
        finally
        {
            replies.Writer.Complete();
            await sending;
        }
    }

    private static void Relax(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBodyBytes;

        // A client that sends first and reads afterwards is slow by this measure, and it is logged in.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private async Task EnrolAllAsync(HttpContext context, ChannelWriter<byte[]> replies)
    {
        Caller caller = Caller.Of(context.User);
        LineReader reader = new(context.Request.BodyReader, EnrolmentRecord.MaxBytes);
        List<(int Number, PreparedEnrolment Enrol)> batch = new(LinesPerChange);
        for (int number = 1; await reader.ReadAsync(context.RequestAborted) is { } line; number++)
        {
            if (line.IsTooLong || !IsBlank(line.Bytes.Span))
            {
                batch.Add((number, line.IsTooLong ? TooLong() : enrolment.Prepare(caller, line.Bytes)));
            }

            if (batch.Count == LinesPerChange)
            {
                await EnrolAsync(batch, replies, context.RequestAborted);
            }
        }

        await EnrolAsync(batch, replies, context.RequestAborted);
    }

    private async Task EnrolAsync(List<(int Number, PreparedEnrolment Enrol)> batch, ChannelWriter<byte[]> replies, CancellationToken cancellation)
    {
        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([.. batch.Select(line => line.Enrol)], cancellation);
        replies.TryWrite([.. batch.Zip(outcomes).SelectMany(pair => ToLine(pair.First.Number, pair.Second))]);
        batch.Clear();
    }

    private static async Task SendAsync(HttpResponse response, ChannelReader<byte[]> replies, CancellationToken cancellation)
    {
        await foreach (byte[] reply in replies.ReadAllAsync(cancellation))
        {
            await response.Body.WriteAsync(reply, cancellation);
            await response.Body.FlushAsync(cancellation);
        }
    }

    private static PreparedEnrolment TooLong() =>
        PreparedEnrolment.Refused(Enrolment.Refused(null, Refuse.TooLarge($"a line of more than {EnrolmentRecord.MaxBytes} bytes", "one enrolment record on each line").Problem));

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    private static byte[] ToLine(int number, EnrolmentOutcome outcome) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(EnrolmentLine.Of(number, outcome), EnrolmentLine.Json), (byte)'\n'];
}
