/**
 * Non-interference: what one tenant can observe is the same whether another acted or not. A generated sequence of operations of
 * two tenants is played twice, once without the other's, and the two traces are compared.
 */
package social.coral.interference;
