using System.Data.Common;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Laboratories;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>Takes applications of manufacturers and what bodies decide about them.</summary>
internal sealed class ApplicationRegistry(StoreWriter writer, OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>Files an application.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ProblemException">A precondition does not hold.</exception>
    public Task<long> FileAsync(Caller caller, ApplicationRequest request, CancellationToken cancellation)
    {
        CheckBody(request);
        CheckLevel(request);
        return request.ToDraft().Check(SchemeCatalogue.Default, CrosswalkData.Default) is { } refusal
            ? throw DecisionProblem.Of(refusal)
            : writer.ExecuteAsync((connection, transaction) => File(connection, transaction, caller, request), cancellation: cancellation);
    }

    /// <summary>Takes an application into evaluation, or refuses it.</summary>
    /// <exception cref="ProblemException">Not the caller's, or a precondition does not hold.</exception>
    public Task DecideAsync(Caller caller, long id, ApplicationStepRequest request, CancellationToken cancellation) =>
        writer.ExecuteAsync((connection, transaction) => Decide(connection, transaction, caller, id, request), cancellation);

    private void CheckBody(ApplicationRequest request)
    {
        if (!organisations.TryFind(request.Body, out Organisation? body) || !body.Has(Roles.Body))
        {
            throw Refuse.Unacceptable("UnknownBody", "a body that is not registered", "the name of a certification body (GET /v1/organisations)", "Correct \"body\".");
        }

        if (request.Scheme != SchemeLevels.OpenScheme && !body.Schemes.Contains(request.Scheme))
        {
            throw Refuse.Unacceptable("SchemeNotOffered", $"scheme {request.Scheme} at {body.Name}", string.Join(", ", body.Schemes.Append(SchemeLevels.OpenScheme).Distinct()), "Choose a scheme that the body issues under.");
        }
    }

    private static void CheckLevel(ApplicationRequest request)
    {
        if (SchemeCatalogue.Default.Find(request.Scheme) is { } scheme && (scheme.State != SchemeState.Issuing || scheme.FindLevel(request.Level) is null))
        {
            throw Refuse.Unacceptable("UnknownLevel", $"level {request.Level} of {scheme.Id}, which is {EnumWord.Of(scheme.State)}", string.Join(", ", scheme.Levels.Select(level => level.Code)), "Choose a level of a scheme that issues certificates (GET /v1/schemes).");
        }
    }

    private long File(DbConnection connection, DbTransaction transaction, Caller caller, ApplicationRequest request)
    {
        BuildRow? build = BuildTable.Find(connection, transaction, request.Build);
        if (build is null || !caller.ActsAs(Roles.Manufacturer, build.Manufacturer) || build.RetiredAt is not null)
        {
            throw DecisionProblem.Of(new DecisionRefusal(DecisionRefusalCode.NoBuild, "a build that is not the applicant's own, or was retired", "a signed build of the applicant (POST /v1/builds)", "Submit the build first."));
        }

        if (ApplicationTable.FindOpen(connection, transaction, request.Build, request.Body, request.Scheme, request.Level) is { } open)
        {
            throw Refuse.Conflict($"application {open.Id}, which is open for the same build and level", "one application at a time", "Wait for its outcome.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        long id = ApplicationTable.Insert(connection, transaction, build.Manufacturer, request, now);
        ApplicationTable.Append(connection, transaction, id, new ApplicationEvent(now, ApplicationStep.Apply, ApplicationStatus.Applied, build.Manufacturer, "filed"), caller.Person, null);
        return id;
    }

    private void Decide(DbConnection connection, DbTransaction transaction, Caller caller, long id, ApplicationStepRequest request)
    {
        ApplicationRow? row = ApplicationTable.Find(connection, transaction, id);
        if (row is null || !ApplicationSight.Of(caller).Sees(row))
        {
            throw ApplicationCatalogue.NoSuch();
        }

        if (!caller.ActsAs(Roles.Body, row.Body))
        {
            throw Refuse.Forbidden($"a decision of {caller.Name} about an application to {row.Body}", $"the token of {row.Body}");
        }

        DateTimeOffset now = clock.GetUtcNow();
        ApplicationLife life = ApplicationTable.LifeOf(connection, transaction, row);
        if (!life.TryTake(StepOf(connection, transaction, life, request, now), row.Body, now, out ApplicationLife? next, out DecisionRefusal? refusal))
        {
            throw DecisionProblem.Of(refusal);
        }

        ApplicationTable.Append(connection, transaction, id, next.History[^1], caller.Person, null);
    }

    private static ProposedStep StepOf(DbConnection connection, DbTransaction transaction, ApplicationLife life, ApplicationStepRequest request, DateTimeOffset now)
    {
        if (request.Decision == ApplicationStepRequest.Refusal)
        {
            return new ProposedStep(ApplicationStep.Refuse, request.Reason ?? "") { LeavesProvisional = ApplicationIssue.StandsProvisional(connection, transaction, life, now) };
        }

        return new ProposedStep(ApplicationStep.Evaluate, request.Reason ?? "")
        {
            Laboratory = request.Laboratory,
            Accreditation = request.Laboratory is { } laboratory ? AccreditationTable.Of(connection, transaction, laboratory) : null,
            IsPublic = request.IsPublic == true,
        };
    }
}
