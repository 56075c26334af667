using System.Data.Common;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>What issuing a certificate does to the application for it. The signed certificate counts; the application follows in the same transaction.</summary>
internal sealed class ApplicationIssue
{
    private readonly ApplicationRow _row;
    private readonly ApplicationLife _life;
    private readonly ProposedStep _step;

    private ApplicationIssue(ApplicationRow row, ApplicationLife life, ProposedStep step)
    {
        _row = row;
        _life = life;
        _step = step;
    }

    /// <summary>Checks every rule of the application but that of two persons; null where nobody applied.</summary>
    /// <exception cref="ProblemException">The application does not stand where this certificate can be issued, or a provisional one has no application.</exception>
    public static ApplicationIssue? Plan(DbConnection connection, DbTransaction transaction, CertificateEndorsement endorsement, string build, DateTimeOffset now)
    {
        if (endorsement.IsProvisional && endorsement.Supersedes is not null)
        {
            throw SupersedeRules.Refused("a provisional certificate that supersedes another one", "a full certificate: a provisional one covers nothing yet");
        }

        if (ApplicationTable.FindOpen(connection, transaction, build, endorsement.Issuer, endorsement.Scheme, endorsement.Level) is not { } row)
        {
            return endorsement.IsProvisional
                ? throw Refuse.Unacceptable("NoApplication", "a provisional certificate that nobody applied for", "an application for this build and level that is under evaluation", "Have the manufacturer apply (POST /v1/applications).")
                : null;
        }

        ApplicationLife life = ApplicationTable.LifeOf(connection, transaction, row);
        ProposedStep step = new(endorsement.IsProvisional ? ApplicationStep.IssueProvisional : ApplicationStep.Certify, "issued")
        {
            Certificate = endorsement.CertificateId,
            ValidUntil = endorsement.ValidUntil,
            LeavesProvisional = endorsement.Supersedes?.CertificateId != life.ProvisionalCertificate && StandsProvisional(connection, transaction, life, now),
        };
        return life.TryTake(step with { IsConfirmed = true }, row.Body, now, out _, out DecisionRefusal? refusal) ? new ApplicationIssue(row, life, step) : throw DecisionProblem.Of(refusal);
    }

    /// <summary>Adds the step, once the certificate is stored.</summary>
    /// <exception cref="ProblemException">One person alone, where it takes two.</exception>
    public void Take(DbConnection connection, DbTransaction transaction, string person, long? proposal, DateTimeOffset now)
    {
        if (!_life.TryTake(_step with { IsConfirmed = proposal is not null }, _row.Body, now, out ApplicationLife? next, out DecisionRefusal? refusal))
        {
            throw DecisionProblem.Of(refusal);
        }

        ApplicationTable.Append(connection, transaction, _row.Id, next.History[^1], person, proposal);
    }

    /// <summary>True while the provisional certificate of an application is neither ended nor superseded.</summary>
    public static bool StandsProvisional(DbConnection connection, DbTransaction transaction, ApplicationLife life, DateTimeOffset now) =>
        life.ProvisionalCertificate is { } id
        && CertificateTable.Find(connection, transaction, id) is { } row
        && CertificateEventTable.LifeOf(connection, transaction, row).At(now).Status == CertificateStatus.Provisional;
}
