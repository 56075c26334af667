using System.Data.Common;
using IotAttest.Domain.Cases;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Cases;

/// <summary>Reads cases for those who may see them.</summary>
internal sealed class CaseCatalogue(Database database, TimeProvider clock)
{
    /// <summary>Somebody else's case looks like none.</summary>
    public static ProblemException NoSuch() => Refuse.NotFound("no case of that number that you may see", "the number of a case of yours");

    public CasePage List(Caller caller, CaseFilter filter)
    {
        using DbConnection connection = database.Open();
        CaseSight sight = CaseSight.Of(caller);
        List<CaseRow> rows = CaseTable.List(connection, sight, filter);
        Dictionary<long, CaseLife> lives = CaseTable.LivesOf(connection, null, rows);
        DateTimeOffset now = clock.GetUtcNow();
        return new CasePage([.. rows.Select(row => CaseView.Of(row, lives[row.Id], sight.SeesInside(row), now))], rows.Count == filter.Paging.Limit ? Paging.CursorOf(rows[^1].Id) : null);
    }

    /// <exception cref="ProblemException">None that the caller may see.</exception>
    public CaseView Find(Caller caller, long id)
    {
        using DbConnection connection = database.Open();
        CaseSight sight = CaseSight.Of(caller);
        return CaseTable.Find(connection, null, id) is { } row && sight.Sees(row)
            ? CaseView.Of(row, CaseTable.LivesOf(connection, null, [row])[id], sight.SeesInside(row), clock.GetUtcNow())
            : throw NoSuch();
    }
}
