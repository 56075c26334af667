using System.Globalization;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>An application as its parties see it.</summary>
internal sealed record ApplicationView(
    string Id,
    string Status,
    string Holder,
    string Body,
    string Scheme,
    string Level,
    string Build,
    string SummaryPlain,
    string? Laboratory,
    bool IsPublic,
    string? ProvisionalCertificate,
    string? Certificate,
    string FiledAt,
    IReadOnlyList<AnswerView> Answers,
    IReadOnlyList<ApplicationEventView> History)
{
    public static ApplicationView Of(ApplicationRow row, ApplicationLife life) => new(
        row.Id.ToString(CultureInfo.InvariantCulture),
        life.Status.ToString(),
        row.Holder,
        row.Body,
        row.Scheme,
        row.Level,
        row.BuildId,
        row.Summary,
        life.Laboratory,
        life.IsPublic,
        life.ProvisionalCertificate,
        life.Certificate,
        UtcText.OfMs(row.FiledAt),
        [.. row.AnswerRows.Select(answer => new AnswerView(answer.Requirement, ApplicationRequest.WordOf(answer.Claim), answer.Note))],
        [.. life.History.Select(ApplicationEventView.Of)]);
}

/// <summary>One row of the conformance statement.</summary>
internal sealed record AnswerView(string Requirement, string Claim, string Note);

/// <summary>One step; number is what an appeal names.</summary>
internal sealed record ApplicationEventView(int Number, string At, string Step, string Status, string By, string Reason, string? Certificate)
{
    public static ApplicationEventView Of(ApplicationEvent taken, int index) =>
        new(index + 1, UtcText.Of(taken.At), taken.Step.Word(), taken.Status.ToString(), taken.By, taken.Reason, taken.Certificate);
}

/// <summary>Some applications; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record ApplicationPage(IReadOnlyList<ApplicationView> Applications, string? Next);

/// <summary>A product in evaluation, as far as everybody may know.</summary>
internal sealed record EvaluationView(string Holder, string Body, string Scheme, string Level, string Build, string SummaryPlain, string Since)
{
    public static EvaluationView Of(ApplicationRow row, ApplicationLife life) =>
        new(row.Holder, row.Body, row.Scheme, row.Level, row.BuildId, row.Summary, UtcText.Of(life.History.First(taken => taken.Step == ApplicationStep.Evaluate).At));
}

/// <summary>Some products in evaluation; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record EvaluationPage(IReadOnlyList<EvaluationView> Evaluations, string? Next);
