using System.Collections.Immutable;
using System.Data.Common;
using IotAttest.Domain.Products;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Takes lists of components from manufacturers, and decisions about their certificates from bodies and the operator.</summary>
internal sealed class ComponentRegistry(StoreWriter writer, ReferencePublisher publisher, OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>Names the components of a product.</summary>
    /// <exception cref="ProblemException">No such product of the caller.</exception>
    public Task SetOfProductAsync(Caller caller, Guid classId, ComponentListRequest request, CancellationToken cancellation) =>
        SetAsync((connection, transaction) => SubjectOfProduct(connection, transaction, caller, classId), caller, request, cancellation);

    /// <summary>Names the components of a build.</summary>
    /// <exception cref="ProblemException">No such build of the caller.</exception>
    public Task SetOfBuildAsync(Caller caller, string build, ComponentListRequest request, CancellationToken cancellation) =>
        SetAsync((connection, transaction) => SubjectOfBuild(BuildRegistry.OwnBuild(connection, transaction, caller, build)), caller, request, cancellation);

    /// <summary>Says how the certificate of a component stands; everything that depends on it, every board included, is warned at once. The same again changes nothing.</summary>
    /// <exception cref="ProblemException">Not the caller's scheme, or nobody names such a component.</exception>
    public Task DecideAsync(Caller caller, ComponentDecisionRequest request, CancellationToken cancellation)
    {
        if (!MayDecide(caller, request.Scheme))
        {
            throw Refuse.Forbidden($"a decision about a certificate of the scheme {request.Scheme} from {caller.Name}", "a body that the operator assigned this scheme to, or the operator");
        }

        return writer.ExecuteAsync(
            (connection, transaction) => Decide(connection, transaction, caller, request),
            Publish,
            cancellation);
    }

    private async Task SetAsync(Func<DbConnection, DbTransaction, (ComponentSubject, string)> find, Caller caller, ComponentListRequest request, CancellationToken cancellation) =>
        await writer.ExecuteAsync((connection, transaction) => Set(connection, transaction, find, caller, request), Publish, cancellation);

    private List<ComponentTerm> Set(
        DbConnection connection, DbTransaction transaction, Func<DbConnection, DbTransaction, (ComponentSubject, string)> find, Caller caller, ComponentListRequest request)
    {
        (ComponentSubject subject, string manufacturer) = find(connection, transaction);
        ImmutableArray<ComponentReference> components = [.. request.Components];
        if (ComponentTable.Read(connection, transaction, subject).Select(row => row.ToReference()).SequenceEqual(components))
        {
            return [];
        }

        ComponentTable.AddList(connection, transaction, subject, manufacturer, components, caller.PublicName, request.Reason, clock.GetUtcNow().ToUnixTimeMilliseconds());
        DateTimeOffset? until = ComponentTerms.Of(components.Select(each => (each, ComponentTable.LastDecision(connection, transaction, each.Scheme, each.Number))));
        return [new ComponentTerm(subject, manufacturer, until)];
    }

    private void Publish(List<ComponentTerm> terms)
    {
        foreach (IGrouping<string, ComponentTerm> own in terms.GroupBy(term => term.Manufacturer))
        {
            publisher.Publish(own.Key, reference => own.Aggregate(reference, (changed, term) => changed.WithComponents(term.Subject.ClassId, term.Subject.Build, term.Until)));
        }
    }

    private static (ComponentSubject, string) SubjectOfProduct(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId)
    {
        ProductRow product = ProductTable.Find(connection, transaction, classId) ?? throw ProductCatalogue.NoSuch();
        return caller.ActsAs(Roles.Manufacturer, product.Manufacturer)
            ? (new ComponentSubject(classId, null), product.Manufacturer)
            : throw Refuse.Forbidden($"a product of {product.Manufacturer} from {caller.Name}", $"the token of {product.Manufacturer}");
    }

    private static (ComponentSubject, string) SubjectOfBuild(BuildRow build) => (new ComponentSubject(new Guid(build.Class, bigEndian: true), build.Id), build.Manufacturer);

    private bool MayDecide(Caller caller, string scheme) =>
        caller.IsOperator || (caller.Has(Roles.Body) && caller.Organisation is { } name && organisations.TryFind(name, out Organisation? organisation) && organisation.Schemes.Contains(scheme));

    private List<ComponentTerm> Decide(DbConnection connection, DbTransaction transaction, Caller caller, ComponentDecisionRequest request)
    {
        if (!ComponentTable.IsNamed(connection, transaction, request.Scheme, request.Number))
        {
            throw Refuse.NotFound("a certificate that no product and no build here names", "scheme and number of a component");
        }

        if (ComponentTable.LastDecision(connection, transaction, request.Scheme, request.Number) is { } last && last.Status == request.Status && last.Until == request.Until)
        {
            return [];
        }

        ComponentDecision decision = new(request.Status, request.Until, clock.GetUtcNow(), caller.PublicName, request.Reason);
        ComponentTable.AddDecision(connection, transaction, request.Scheme, request.Number, decision);
        return ComponentTerms.OfDependents(connection, transaction, request.Scheme, request.Number);
    }
}
