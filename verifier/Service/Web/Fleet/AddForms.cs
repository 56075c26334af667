using System.Text;
using IotAttest.Service.Access;
using IotAttest.Service.DeviceCertificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Enrolling one board by a form: by its record, or by its device certificate.</summary>
internal static class AddForms
{
    private const int MaxPemBytes = 24 * 1024;

    public static Task<IResult> EnrolAsync(HttpContext context, Enrolment enrolment, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<AddPage>(), form => EnrolAsync(form, Caller.Of(context.User), enrolment, cancellation));

    public static Task<IResult> EnrolByCertificateAsync(HttpContext context, IDevIdEnrolment enrolment, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<AddPage>(), form => EnrolByCertificateAsync(form, Caller.Of(context.User), enrolment, cancellation));

    public static SeeOther Find(string? ueid) => SeeOther.To($"/fleet/add/{Uri.EscapeDataString((ueid ?? "").Trim().ToLowerInvariant())}");

    private static async Task<IResult> EnrolAsync(IFormCollection form, Caller caller, Enrolment enrolment, CancellationToken cancellation)
    {
        byte[] record = Encoding.UTF8.GetBytes(await FormFields.TextOrFileAsync(form, "record", EnrolmentRecord.MaxBytes, cancellation));
        if (record.Length > EnrolmentRecord.MaxBytes)
        {
            throw Refuse.TooLarge($"a record of {record.Length} bytes", $"at most {EnrolmentRecord.MaxBytes} bytes");
        }

        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([enrolment.Prepare(caller, record)], cancellation);
        return Answer(outcomes[0]);
    }

    private static async Task<IResult> EnrolByCertificateAsync(IFormCollection form, Caller caller, IDevIdEnrolment enrolment, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> json = FormFields.Json(new()
        {
            ["organisation"] = form["organisation"].ToString().Trim(),
            ["pem"] = (await FormFields.TextOrFileAsync(form, "pem", MaxPemBytes, cancellation)).ReplaceLineEndings("\n"),
            ["proof"] = form["proof"].ToString().Trim(),
        });
        using IDevIdRequest request = IDevIdRequest.Parse(json);
        return Answer(await enrolment.EnrolAsync(request, caller, cancellation));
    }

    private static IResult Answer(EnrolmentOutcome outcome) => outcome switch
    {
        { Refusal: { } refusal } => throw new ProblemException(refusal),
        { Credential: { } credential } => PageResult.Of<WaitPage>((nameof(WaitPage.Ueid), outcome.Ueid), (nameof(WaitPage.Credential), credential)),
        _ => SeeOther.To($"/fleet/add/{outcome.Ueid}"),
    };
}
