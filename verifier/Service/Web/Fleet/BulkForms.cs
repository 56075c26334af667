using System.Text.Json;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Fleet;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Enrolling a file of records: a page, or the answers line by line for a script and for who wants a file.</summary>
internal static class BulkForms
{
    public const int MaxBytes = 32 * 1024 * 1024;

    public static Task<IResult> EnrolAsync(HttpContext context, BulkEnrolment bulk, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<BulkPage>(), form => EnrolAsync(form, context, bulk, cancellation));

    public static byte[] ToLine(EnrolmentLine line) => [.. JsonSerializer.SerializeToUtf8Bytes(line, EnrolmentLine.Json), (byte)'\n'];

    private static async Task<IResult> EnrolAsync(IFormCollection form, HttpContext context, BulkEnrolment bulk, CancellationToken cancellation)
    {
        IFormFile file = form.Files.GetFile("file") is { Length: > 0 } chosen ? chosen : throw Refuse.Malformed("no file", "a file with one enrolment record on each line", "Choose a file and send the form again.");
        await using Stream content = file.OpenReadStream();
        IReadOnlyList<EnrolmentLine> answers = await bulk.EnrolAsync(content, Caller.Of(context.User), cancellation);
        if (form["answer"] == "file" || Negotiation.Wants(context, EnrolmentBatch.MediaType))
        {
            return TypedResults.File([.. answers.SelectMany(ToLine)], EnrolmentBatch.MediaType, "enrolled.jsonl");
        }

        context.Features.Set(answers);
        return PageResult.Of<BulkPage>();
    }
}
