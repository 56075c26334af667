using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IotAttest.Architecture.Tests;

/// <summary>Finds comparisons in C# source that end at the first byte that differs, of things whose names say that they are secret.</summary>
internal static partial class SecretComparisons
{
    private static readonly string[] Comparers = ["Equals", "SequenceEqual", "SequenceCompareTo", "Compare", "CompareOrdinal", "CompareTo", "StartsWith", "IndexOf", "Contains"];

    // What only gives the same bytes in another form; the name before it says what they are.
    private static readonly string[] Forms = ["Span", "Value", "AsSpan", "AsMemory", "ToArray", "ToBytes", "GetBytes", "GetString", "ToHexString", "ToHexStringLower", "EncodeToString", "ToBase64String", "HashData", "HashOf"];

    /// <summary>Each such comparison as it stands in the source.</summary>
    public static IEnumerable<string> In(string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        IEnumerable<SyntaxNode> operators = root.DescendantNodes().OfType<BinaryExpressionSyntax>()
            .Where(node => node.IsKind(SyntaxKind.EqualsExpression) || node.IsKind(SyntaxKind.NotEqualsExpression))
            .Where(node => IsSecret(node.Left) != IsSecret(node.Right) ? !IsConstant(IsSecret(node.Left) ? node.Right : node.Left) : IsSecret(node.Left));
        IEnumerable<SyntaxNode> calls = root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsComparison);
        return operators.Concat(calls).Select(node => node.ToString());
    }

    /// <summary>True when somewhere in the source <c>CryptographicOperations.FixedTimeEquals</c> is called with something of this name.</summary>
    public static bool IsFixedTime(string source, string name) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Where(call => call.Expression.ToString() == "CryptographicOperations.FixedTimeEquals")
        .Any(call => call.ArgumentList.DescendantNodes().OfType<SimpleNameSyntax>().Any(each => each.Identifier.Text == name));

    private static bool IsComparison(InvocationExpressionSyntax call) =>
        Comparers.Contains(NameOf(call.Expression)) && Operands(call).Any(IsSecret) && !call.ArgumentList.Arguments.All(argument => IsConstant(argument.Expression));

    private static IEnumerable<ExpressionSyntax> Operands(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Select(argument => argument.Expression).Concat(call.Expression switch
        {
            MemberAccessExpressionSyntax member => [member.Expression],
            MemberBindingExpressionSyntax => [call.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First().Expression],
            _ => Array.Empty<ExpressionSyntax>(),
        });

    private static bool IsSecret(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => IsSecret(inner.Expression),
        PostfixUnaryExpressionSyntax inner => IsSecret(inner.Operand),
        CastExpressionSyntax inner => IsSecret(inner.Expression),
        ElementAccessExpressionSyntax inner => IsSecret(inner.Expression),
        ConditionalAccessExpressionSyntax inner => IsSecret(inner.WhenNotNull) || (IsSecret(inner.Expression) && Forms.Contains(NameOf(inner.WhenNotNull))),
        BinaryExpressionSyntax inner when inner.IsKind(SyntaxKind.CoalesceExpression) => IsSecret(inner.Left),
        InvocationExpressionSyntax call => Forms.Contains(NameOf(call.Expression)) ? Operands(call).Any(IsSecret) : SecretName().IsMatch(NameOf(call.Expression)),
        MemberAccessExpressionSyntax member when Forms.Contains(NameOf(member)) => IsSecret(member.Expression),
        _ => SecretName().IsMatch(NameOf(expression)),
    };

    // What is null, empty or of a kind is no secret.
    private static bool IsConstant(ExpressionSyntax expression) => expression is LiteralExpressionSyntax;

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        MemberBindingExpressionSyntax member => member.Name.Identifier.Text,
        InvocationExpressionSyntax call => NameOf(call.Expression),
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    // By the end of the name: a CredentialHash is compared with what strangers send, a PasswordFile or SecretBytes is not. Token, large, is the name of one.
    [GeneratedRegex("(?:[Ss]ecrets?|[Pp]asswords?|[Cc]redential(?:Hash)?|[Kk]eyMaterial|[Kk]eyMark|[Tt]okenHash|^(?:_?token|_?(?:access|operator|form)Token|TokenOf))$")]
    private static partial Regex SecretName();
}
