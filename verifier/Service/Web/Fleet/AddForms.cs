using System.Text;
using IotAttest.Service.Access;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.DeviceCertificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Enrolling one board by a form: by its record, or by its device certificate.</summary>
internal static class AddForms
{
    private const int MaxPemBytes = 24 * 1024;

    public static async Task<IResult> EnrolAsync(HttpContext context, Enrolment enrolment, CancellationToken cancellation)
    {
        IFormCollection form = await FormGuard.ReadAsync(context);
        byte[] record = Encoding.UTF8.GetBytes(await FormFields.TextOrFileAsync(form, "record", EnrolmentRecord.MaxBytes, cancellation));
        if (record.Length > EnrolmentRecord.MaxBytes)
        {
            throw Refuse.TooLarge($"a record of {record.Length} bytes", $"at most {EnrolmentRecord.MaxBytes} bytes");
        }

        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([enrolment.Prepare(Caller.Of(context.User), record)], cancellation);
        return Answer(outcomes[0]);
    }

    public static async Task<IResult> EnrolByCertificateAsync(HttpContext context, IDevIdEnrolment enrolment, CancellationToken cancellation)
    {
        IFormCollection form = await FormGuard.ReadAsync(context);
        ReadOnlyMemory<byte> json = FormFields.Json(new()
        {
            ["organisation"] = form["organisation"].ToString().Trim(),
            ["pem"] = (await FormFields.TextOrFileAsync(form, "pem", MaxPemBytes, cancellation)).ReplaceLineEndings("\n"),
            ["proof"] = form["proof"].ToString().Trim(),
        });
        try
        {
            using IDevIdRequest request = IDevIdRequest.Parse(json);
            return Answer(await enrolment.EnrolAsync(request, Caller.Of(context.User), cancellation));
        }
        catch (ProblemException refusal)
        {
            return Answer(Enrolment.Refused(null, refusal.Problem));
        }
    }

    public static SeeOther Find(string? ueid) => SeeOther.To($"/fleet/add/{Uri.EscapeDataString((ueid ?? "").Trim().ToLowerInvariant())}");

    private static IResult Answer(EnrolmentOutcome outcome) => outcome switch
    {
        { Refusal: { } refusal } => PageResult.Of<AddPage>((nameof(AddPage.Seen), refusal.Seen), (nameof(AddPage.Expected), refusal.Expected), (nameof(AddPage.Do), refusal.Do)).WithStatus(refusal.Status),
        { Credential: { } credential } => PageResult.Of<WaitPage>((nameof(WaitPage.Ueid), outcome.Ueid), (nameof(WaitPage.Credential), credential)),
        _ => SeeOther.To($"/fleet/add/{outcome.Ueid}"),
    };
}
