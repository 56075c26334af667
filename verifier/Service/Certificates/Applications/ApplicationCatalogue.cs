using System.Data.Common;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>Reads applications for those who may see them.</summary>
internal sealed class ApplicationCatalogue(Database database)
{
    /// <summary>Somebody else's application looks like none.</summary>
    public static ProblemException NoSuch() => Refuse.NotFound("no application of that number that you may see", "the number of an application of yours");

    public ApplicationPage List(Caller caller, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<ApplicationRow> rows = ApplicationTable.List(connection, ApplicationSight.Of(caller), paging);
        ILookup<long, ApplicationEvent> events = ApplicationTable.Events(connection, null, rows.Select(row => row.Id));
        return new ApplicationPage([.. rows.Select(row => ApplicationView.Of(row, row.LifeWith(events[row.Id])))], NextOf(rows, paging));
    }

    /// <summary>What a body still has to decide; of all bodies for the operator.</summary>
    public ApplicationPage Undecided(Caller caller, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<ApplicationRow> rows = ApplicationTable.Undecided(connection, caller.Organisation, paging);
        ILookup<long, ApplicationEvent> events = ApplicationTable.Events(connection, null, rows.Select(row => row.Id));
        return new ApplicationPage([.. rows.Select(row => ApplicationView.Of(row, row.LifeWith(events[row.Id])))], NextOf(rows, paging));
    }

    /// <exception cref="ProblemException">None that the caller may see.</exception>
    public ApplicationView Find(Caller caller, long id)
    {
        using DbConnection connection = database.Open();
        ApplicationRow? row = ApplicationTable.Find(connection, null, id);
        return row is not null && ApplicationSight.Of(caller).Sees(row) ? ApplicationView.Of(row, ApplicationTable.LifeOf(connection, null, row)) : throw NoSuch();
    }

    /// <summary>What everybody may know to be in evaluation.</summary>
    public EvaluationPage Public(Paging paging)
    {
        using DbConnection connection = database.Open();
        List<ApplicationRow> rows = ApplicationTable.Public(connection, paging);
        ILookup<long, ApplicationEvent> events = ApplicationTable.Events(connection, null, rows.Select(row => row.Id));
        return new EvaluationPage([.. rows.Select(row => EvaluationView.Of(row, row.LifeWith(events[row.Id])))], NextOf(rows, paging));
    }

    private static string? NextOf(List<ApplicationRow> rows, Paging paging) => rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].Id) : null;
}
