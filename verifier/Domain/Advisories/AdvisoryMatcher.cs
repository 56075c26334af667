namespace IotAttest.Domain.Advisories;

/// <summary>Finds out which statements of an advisory are about a build: a pure function.</summary>
/// <remarks>What cannot be decided comes out as <see cref="Certainty.NeedsPerson"/>: a range that cannot be read, a name without a version.</remarks>
public static class AdvisoryMatcher
{
    /// <summary>All statements that are, or may be, about the build.</summary>
    public static IEnumerable<StatementMatch> Match(Advisory advisory, BuildSubject build)
    {
        ArgumentNullException.ThrowIfNull(advisory);
        ArgumentNullException.ThrowIfNull(build);
        Dictionary<AdvisoryProduct, ProductMatch[]> found = new(ReferenceEqualityComparer.Instance);
        foreach (AdvisoryStatement statement in advisory.Statements)
        {
            if (!found.TryGetValue(statement.Product, out ProductMatch[]? matches))
            {
                matches = found[statement.Product] = [.. Match(statement.Product, build)];
            }

            foreach (ProductMatch match in matches)
            {
                yield return new StatementMatch(statement.Vulnerability, statement.Status, statement.Product.Name, statement.At, statement.Reason, Careful(statement, match));
            }
        }
    }

    /// <summary>Every way in which the product is, or may be, this build or a part of it.</summary>
    public static IEnumerable<ProductMatch> Match(AdvisoryProduct product, BuildSubject build)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(build);
        return product.Within is { } whole ? MatchWithin(product, whole, build) : MatchAlone(product, build);
    }

    // That all versions of a product are fine must be said in so many words; that they are affected is believed without.
    private static ProductMatch Careful(AdvisoryStatement statement, ProductMatch match) =>
        match.Level == MatchLevel.Product && statement.Product is { Versions: null, Within: null } && statement.Status is ProductStatus.Fixed or ProductStatus.NotAffected
            ? match with { Certainty = Certainty.NeedsPerson, Why = $"{match.Why}; the advisory does not say which versions" }
            : match;

    private static IEnumerable<ProductMatch> MatchWithin(AdvisoryProduct product, AdvisoryProduct whole, BuildSubject build)
    {
        foreach (ProductMatch outer in Match(whole, build))
        {
            if (product.IsAlwaysWithin)
            {
                yield return outer with { Why = $"{outer.Why}, through {product.Name}" };
                continue;
            }

            if (build.Components is null && outer.Level != MatchLevel.Component)
            {
                yield return outer with { Certainty = Certainty.NeedsPerson, Why = $"{outer.Why}; without a bill of materials nobody knows whether it contains {product.Name}" };
            }

            foreach (ProductMatch inner in MatchAlone(product, build))
            {
                Certainty weaker = inner.Certainty < outer.Certainty ? inner.Certainty : outer.Certainty;
                yield return new ProductMatch(weaker, outer.Level, inner.Component, $"{outer.Why}, and {inner.Why}");
            }
        }
    }

    private static IEnumerable<ProductMatch> MatchAlone(AdvisoryProduct product, BuildSubject build)
    {
        if (product.Uuids.Contains(build.Id) || product.Sha256.Any(digest => build.Files.Contains(digest)))
        {
            return [new ProductMatch(Certainty.Yes, MatchLevel.Build, "", "it names this build")];
        }

        return [.. MatchRegions(product, build), .. MatchProduct(product, build), .. MatchComponents(product, build)];
    }

    private static IEnumerable<ProductMatch> MatchRegions(AdvisoryProduct product, BuildSubject build) => build.Regions
        .Where(region => product.Sha256.Contains(region.Value))
        .Select(region => new ProductMatch(Certainty.Yes, MatchLevel.Component, region.Key, "it names the digest of a region of flash"));

    private static IEnumerable<ProductMatch> MatchProduct(AdvisoryProduct product, BuildSubject build)
    {
        bool isByClass = product.Uuids.Contains(build.ClassId);
        bool isByName = SameName(product.Vendor, build.Manufacturer) && SameName(product.ProductName, build.ProductName);
        Certainty certainty = isByClass || isByName ? (product.Versions ?? VersionRange.All).Contains(build.Version) : Certainty.No;
        if (certainty == Certainty.No)
        {
            yield break;
        }

        string what = isByClass ? "it names the product class" : "it names maker and product";
        yield return new ProductMatch(certainty, MatchLevel.Product, "", what + VersionWords(certainty, build.Version, product.Versions));
    }

    private static IEnumerable<ProductMatch> MatchComponents(AdvisoryProduct product, BuildSubject build)
    {
        if (product.ComponentName is not { } name)
        {
            yield break;
        }

        foreach (ComponentSubject component in build.ComponentsNamed(name))
        {
            (Certainty certainty, string what, VersionRange versions) = product.Purl is { } purl ? ByPurl(purl, product, component) : ByName(product, component);
            if (certainty != Certainty.No)
            {
                // The bill of materials opens with the product itself: naming that is naming the product.
                bool isProduct = component.IsFirst && component.Version == build.Version;
                yield return new ProductMatch(
                    certainty, isProduct ? MatchLevel.Product : MatchLevel.Component, component.ToString(), what + VersionWords(certainty, component.Version, versions));
            }
        }
    }

    private static (Certainty Certainty, string What, VersionRange Versions) ByPurl(PackageUrl purl, AdvisoryProduct product, ComponentSubject component)
    {
        VersionRange versions = purl.Version is { } version ? VersionRange.Exact(version) : product.Versions ?? VersionRange.All;
        if (component.Purl is { } own)
        {
            return (purl.IsSamePackage(own) ? versions.Contains(own.Version ?? component.Version) : Certainty.No, "it names a component by its package URL", versions);
        }

        return ByNameAnd(versions, purl.Name, component);
    }

    private static (Certainty Certainty, string What, VersionRange Versions) ByName(AdvisoryProduct product, ComponentSubject component)
    {
        VersionRange versions = product.Cpe?.Version is { } version ? VersionRange.Exact(version) : product.Versions ?? VersionRange.All;
        return ByNameAnd(versions, product.ComponentName, component);
    }

    // A name alone is no proof: others use it too.
    private static (Certainty Certainty, string What, VersionRange Versions) ByNameAnd(VersionRange versions, string? name, ComponentSubject component)
    {
        Certainty certainty = !SameName(name, component.Name) ? Certainty.No : versions.IsAll ? Certainty.NeedsPerson : versions.Contains(component.Version);
        return (certainty, "it names a component by name and version", versions);
    }

    private static string VersionWords(Certainty certainty, string? version, VersionRange? versions) => certainty == Certainty.Yes
        ? ""
        : $"; whether {version ?? "no version"} is meant by {versions?.Text ?? "no version"} needs a person";

    private static bool SameName(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
