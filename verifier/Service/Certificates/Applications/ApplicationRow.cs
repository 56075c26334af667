using System.Collections.Immutable;
using System.Text.Json;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.Certificates.Schemes;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>A row of the table applications.</summary>
internal sealed class ApplicationRow
{
    public const string Columns = "a.id, a.holder, a.body, a.scheme, a.level, a.build_id AS BuildId, a.summary, a.answers, a.filed_at AS FiledAt, a.laboratory";

    public long Id { get; init; }

    public string Holder { get; init; } = "";

    public string Body { get; init; } = "";

    public string Scheme { get; init; } = "";

    public string Level { get; init; } = "";

    public string BuildId { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Answers { get; init; } = "[]";

    public long FiledAt { get; init; }

    public string? Laboratory { get; init; }

    public ApplicationRules Rules => ApplicationRules.Of(SchemeCatalogue.Default, Scheme, Level);

    public ImmutableArray<ConformanceAnswer> AnswerRows => JsonSerializer.Deserialize<ImmutableArray<ConformanceAnswer>>(Answers);

    public ApplicationLife LifeWith(IEnumerable<ApplicationEvent> history) => new(Rules, [.. history]);
}
